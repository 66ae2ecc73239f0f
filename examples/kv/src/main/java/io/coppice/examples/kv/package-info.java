/**
 * A server that speaks the Redis protocol and keeps serving while it is being killed: its command
 * line, and the demonstration that drives it.
 */
@NullMarked
package io.coppice.examples.kv;

import org.jspecify.annotations.NullMarked;
