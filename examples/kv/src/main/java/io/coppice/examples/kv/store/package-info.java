/**
 * The data of one shard and the commands on it, pure: no thread, no clock, no file, no socket.
 *
 * <p>Read {@link io.coppice.examples.kv.store.Database} first. A request becomes a {@link
 * io.coppice.examples.kv.store.Command} in {@link io.coppice.examples.kv.store.Commands}, is split
 * over shards by a {@link io.coppice.examples.kv.store.Plan}, and changes a database only through
 * {@link io.coppice.examples.kv.store.Effect}s, which is why a log of effects is enough to have the
 * database back.
 */
@NullMarked
package io.coppice.examples.kv.store;

import org.jspecify.annotations.NullMarked;
