package io.coppice.examples.incidents.log.kit;

import java.time.Duration;

/**
 * When an acknowledgement is due: after so many, or so long after the first that is owed, or when
 * it has been quiet for so long, whichever comes first.
 *
 * @param count 1 or more
 * @param time greater than zero
 * @param idle greater than zero
 */
public record Acks(int count, Duration time, Duration idle) {

    public Acks {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count);
        }
        requirePositive(time, "time");
        requirePositive(idle, "idle");
    }

    private static void requirePositive(Duration value, String name) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value);
        }
    }

    /**
     * What has arrived and is not acknowledged.
     *
     * @param count how many
     * @param firstNanos when the first arrived
     * @param lastNanos when the last did
     */
    record Owed(int count, long firstNanos, long lastNanos) {

        static final Owed NOTHING = new Owed(0, 0, 0);

        Owed plus(int more, long nowNanos) {
            return new Owed(count + more, count == 0 ? nowNanos : firstNanos, nowNanos);
        }
    }

    boolean isDue(Owed owed) {
        return owed.count() >= count;
    }

    /** How long after the last arrival it is due, if no other follows. */
    Duration patience(Owed owed) {
        var left = time.minusNanos(owed.lastNanos() - owed.firstNanos());
        if (left.isNegative()) return Duration.ZERO;
        return left.compareTo(idle) < 0 ? left : idle;
    }
}
