package io.coppice.examples.kv.store;

import java.util.List;

/** A command on one set. */
public sealed interface SetCommand extends StoreCommand {

    Bytes key();

    @Override
    default List<Bytes> keys() {
        return List.of(key());
    }

    record Add(Bytes key, List<Bytes> members) implements SetCommand, Write {}

    record Remove(Bytes key, List<Bytes> members) implements SetCommand, Write {}

    record Members(Bytes key) implements SetCommand {}
}
