package io.coppice.examples.kv.store;

import java.util.List;

/** A command on one hash. */
public sealed interface HashCommand extends StoreCommand {

    Bytes key();

    @Override
    default List<Bytes> keys() {
        return List.of(key());
    }

    record Put(Bytes key, List<Effect.Field> fields) implements HashCommand, Write {}

    record Remove(Bytes key, List<Bytes> names) implements HashCommand, Write {}

    record Get(Bytes key, Bytes name) implements HashCommand {}

    record GetAll(Bytes key) implements HashCommand {}
}
