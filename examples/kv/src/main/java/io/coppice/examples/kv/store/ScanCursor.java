package io.coppice.examples.kv.store;

/**
 * Where a scan over all shards stands: the shard it is in, and the position from which on that
 * shard has not been looked at. The client sends it back as one number; 0 is the beginning, and as
 * an answer the end.
 *
 * <p>A position is a part of the hash of a key, so it means the same after any change of the data
 * and after a restart. Hence Redis's promise: a key that is there during the whole scan is answered
 * at least once (here: exactly once).
 *
 * @param shard from 0
 * @param position from 0 to {@link #POSITIONS} - 1
 */
public record ScanCursor(int shard, long position) {

    /** How many positions there are: few enough that cursors of all shards fit a signed 64 bits. */
    static final long POSITIONS = 1L << 46;

    /** The most shards there can be. */
    public static final int MOST_SHARDS = 1 << 16;

    static long positionOf(Bytes key) {
        return key.stableHash() >>> 18;
    }

    /**
     * @throws RedisError if no scan over so many shards answers this number
     */
    static ScanCursor of(long number, int shards) {
        long position = number / shards;
        if (number < 0 || position >= POSITIONS) {
            throw RedisError.invalidCursor();
        }
        return new ScanCursor((int) (number % shards), position);
    }

    long number(int shards) {
        return position * shards + shard;
    }
}
