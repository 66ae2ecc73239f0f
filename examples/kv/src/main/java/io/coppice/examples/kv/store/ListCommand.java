package io.coppice.examples.kv.store;

import io.coppice.examples.kv.store.Effect.End;

import java.util.List;
import java.util.OptionalLong;

/** A command on one list. */
public sealed interface ListCommand extends StoreCommand {

    Bytes key();

    @Override
    default List<Bytes> keys() {
        return List.of(key());
    }

    /** {@code LPUSH, RPUSH}. */
    record Push(Bytes key, End end, List<Bytes> values) implements ListCommand, Write {}

    /**
     * {@code LPOP, RPOP}.
     *
     * @param count how many at most; empty for one that is not answered as a list
     */
    record Pop(Bytes key, End end, OptionalLong count) implements ListCommand, Write {}

    /**
     * {@code LRANGE}.
     *
     * @param start the first index, counted from the end if negative
     * @param stop the last index, likewise
     */
    record Range(Bytes key, long start, long stop) implements ListCommand {}
}
