package io.coppice.examples.kv.store;

import java.util.List;
import java.util.Set;

/** A command on one key, whatever it holds. */
public sealed interface KeyCommand extends StoreCommand {

    Bytes key();

    @Override
    default List<Bytes> keys() {
        return List.of(key());
    }

    /**
     * {@code EXPIRE, PEXPIRE}.
     *
     * @param millis from now on; zero or less deletes the key
     * @param conditions all of which must hold
     * @param name the command's own, for its errors
     */
    record Expire(Bytes key, long millis, Set<Only> conditions, String name)
            implements KeyCommand, Write {}

    record Persist(Bytes key) implements KeyCommand, Write {}

    /** {@code TTL, PTTL}. */
    record Ttl(Bytes key, Unit unit) implements KeyCommand {}

    record Type(Bytes key) implements KeyCommand {}

    /** What must be so for a time to live to be set. A key without one counts as endless. */
    enum Only {
        IF_NONE,
        IF_ANY,
        IF_LATER,
        IF_EARLIER
    }

    enum Unit {
        SECONDS,
        MILLIS
    }
}
