package io.coppice.examples.incidents.log.kit;

/**
 * One entry of a log: a command, or an event.
 *
 * @param index its place in the log, from 1
 * @param body what it says
 * @param storedNanos when it was stored, on the clock of the node
 * @param expiresNanos from when on it must not be applied any more; {@link #NEVER} for no such time
 */
public record Entry(long index, String body, long storedNanos, long expiresNanos) {

    /** No expiry. */
    public static final long NEVER = Long.MAX_VALUE;

    public Entry {
        if (index < 1) {
            throw new IllegalArgumentException("index: " + index);
        }
    }

    boolean isExpired(long nowNanos) {
        return expiresNanos != NEVER && nowNanos - expiresNanos >= 0;
    }
}
