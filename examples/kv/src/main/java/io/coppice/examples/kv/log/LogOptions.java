package io.coppice.examples.kv.log;

import static java.util.Objects.requireNonNull;

/**
 * How a log is kept.
 *
 * @param fsync when it is forced to the disk
 * @param compactAfterBytes how long it may grow before it is compacted however little data there
 *     is, in bytes
 * @param compactFactor how many times as long as its last snapshot it may grow before it is
 *     compacted
 */
public record LogOptions(FsyncPolicy fsync, long compactAfterBytes, int compactFactor) {

    /** Forced before each acknowledgement; compacted from 64 MiB and twice the snapshot on. */
    public static final LogOptions DEFAULT = new LogOptions(FsyncPolicy.ALWAYS, 64L << 20, 2);

    public LogOptions {
        requireNonNull(fsync, "fsync");
        if (compactAfterBytes < 1) {
            throw new IllegalArgumentException("compact after bytes: " + compactAfterBytes);
        }
        if (compactFactor < 1) {
            throw new IllegalArgumentException("compact factor: " + compactFactor);
        }
    }

    public LogOptions withFsync(FsyncPolicy policy) {
        return new LogOptions(policy, compactAfterBytes, compactFactor);
    }

    public LogOptions withCompaction(long afterBytes, int factor) {
        return new LogOptions(fsync, afterBytes, factor);
    }

    boolean isTooLong(long bytes, long snapshotBytes) {
        return bytes > Math.max(compactAfterBytes, compactFactor * snapshotBytes);
    }
}
