package io.coppice.examples.kv.store;

import java.util.List;

/** A command on any number of keys, which may live in several shards. */
public sealed interface MultiKeyCommand extends StoreCommand {

    record Mget(List<Bytes> keys) implements MultiKeyCommand {}

    record Exists(List<Bytes> keys) implements MultiKeyCommand {}

    record Del(List<Bytes> keys) implements MultiKeyCommand, Write {}

    /** {@code MSET}: the pairs of one shard are set at once, those of several shards are not. */
    record Mset(List<Pair> pairs) implements MultiKeyCommand, Write {
        @Override
        public List<Bytes> keys() {
            return pairs.stream().map(Pair::key).toList();
        }
    }

    record Pair(Bytes key, Bytes value) {}
}
