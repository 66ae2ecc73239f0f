/**
 * The append-only log a shard recovers from, and the directory it lives in.
 *
 * <p>Read {@link io.coppice.examples.kv.log.AppendLog} first: it says what survives what, and why a
 * process that was killed in the middle of a write can do no harm afterwards.
 */
@NullMarked
package io.coppice.examples.kv.log;

import org.jspecify.annotations.NullMarked;
