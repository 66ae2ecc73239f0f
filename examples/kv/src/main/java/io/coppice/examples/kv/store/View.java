package io.coppice.examples.kv.store;

import org.jspecify.annotations.Nullable;

/**
 * The entries as a command sees them: without those that have expired.
 *
 * @param nowMillis since the epoch
 */
record View(Keyspace keyspace, long nowMillis) {

    @Nullable Entry entry(Bytes key) {
        Entry entry = keyspace.get(key);
        return entry == null || entry.hasExpiredAt(nowMillis) ? null : entry;
    }

    boolean has(Bytes key) {
        return entry(key) != null;
    }

    /**
     * What the key holds, or null if it does not exist.
     *
     * @throws RedisError if it holds something else
     */
    <V extends Value> @Nullable V value(Bytes key, Class<V> type) {
        Entry entry = entry(key);
        if (entry == null) {
            return null;
        }
        if (!type.isInstance(entry.value())) {
            throw RedisError.wrongType();
        }
        return type.cast(entry.value());
    }

    /** When the key expires, or {@link Effect#NEVER}. */
    long expiryOf(Bytes key) {
        Entry entry = entry(key);
        return entry == null ? Effect.NEVER : entry.expiresAtMillis();
    }
}
