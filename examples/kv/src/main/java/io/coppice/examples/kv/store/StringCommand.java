package io.coppice.examples.kv.store;

import java.util.List;

/** A command on one string. */
public sealed interface StringCommand extends StoreCommand {

    Bytes key();

    @Override
    default List<Bytes> keys() {
        return List.of(key());
    }

    record Get(Bytes key) implements StringCommand {}

    record Strlen(Bytes key) implements StringCommand {}

    /**
     * {@code SET}.
     *
     * @param returnsOld whether the old value is the answer ({@code GET})
     */
    record Set(Bytes key, Bytes value, Expiry expiry, Condition condition, boolean returnsOld)
            implements StringCommand, Write {}

    /** {@code SETNX}. */
    record SetIfAbsent(Bytes key, Bytes value) implements StringCommand, Write {}

    record GetSet(Bytes key, Bytes value) implements StringCommand, Write {}

    record Append(Bytes key, Bytes suffix) implements StringCommand, Write {}

    /** {@code INCR, DECR, INCRBY, DECRBY}. */
    record IncrBy(Bytes key, long delta) implements StringCommand, Write {}

    /** Whether the key must exist for {@code SET} to set it. */
    enum Condition {
        ALWAYS,
        IF_ABSENT,
        IF_PRESENT
    }

    /** What becomes of a key's time to live when it is set. */
    sealed interface Expiry {

        /** It lives for ever. */
        record None() implements Expiry {}

        /** It keeps the time it had. */
        record Keep() implements Expiry {}

        record In(long millis) implements Expiry {}

        record At(long millisSinceEpoch) implements Expiry {}
    }
}
