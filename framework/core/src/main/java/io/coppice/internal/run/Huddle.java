package io.coppice.internal.run;

import java.util.concurrent.TimeUnit;

/**
 * Decides whether one worker alone gets as much done as all of them.
 *
 * <p>A message to a process on another core costs as much as five on the same. Where handlers are
 * short and most messages cross from worker to worker, more workers get less done. That cannot be
 * known beforehand, so it is tried: for a moment one works alone, and what it handles meanwhile is
 * compared with what all have handled just before. If that is as much, one goes on alone, and
 * leaves the other processors to others; if not, all work. Either is kept for a while, which gets
 * longer with each trial.
 *
 * <p>Pure: told once in a while what has been counted so far. For one thread.
 */
final class Huddle {

    /** Handlers that take longer than two microseconds gain by every worker. */
    private static final double FEWEST_PER_MICROSECOND = 0.5;

    private static final double MANY_CROSS = 0.15;

    /** So much of what all got done is as much, for it takes less of the processors. */
    private static final double AS_MUCH = 0.95;

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private enum Mode {
        /** All work. */
        SPREAD,
        /** One works, to be compared with all. */
        TRIAL,
        /** One works, since that was as much. */
        HUDDLED
    }

    private Mode mode = Mode.SPREAD;
    private double spreadRate;
    private long patienceNanos = SHORTEST_NANOS;
    private long untilNanos;

    // The window that is being looked at.
    private long begunNanos;
    private long handledBefore;
    private long crossedBefore;

    /** Whether it is time to look; sooner, there is nothing new. */
    boolean isDue(long nowNanos) {
        return nowNanos - begunNanos >= WINDOW_NANOS;
    }

    /**
     * @param handled how many messages have been handled so far
     * @param crossed how many messages and tasks have come from another worker so far, or from
     *     outside
     * @return whether one worker should work alone from now on
     */
    boolean look(long nowNanos, long handled, long crossed) {
        long lasted = nowNanos - begunNanos;
        if (isDue(nowNanos)) {
            long done = handled - handledBefore;
            mode = next(nowNanos, done * 1e3 / lasted, crossed - crossedBefore > done * MANY_CROSS);
            begin(nowNanos, handled, crossed);
        }
        return mode != Mode.SPREAD;
    }

    private void begin(long nowNanos, long handled, long crossed) {
        begunNanos = nowNanos;
        handledBefore = handled;
        crossedBefore = crossed;
    }

    private Mode next(long now, double rate, boolean manyCross) {
        if (rate < FEWEST_PER_MICROSECOND && mode != Mode.TRIAL) {
            patienceNanos = SHORTEST_NANOS;
            untilNanos = now;
            return Mode.SPREAD;
        }
        return switch (mode) {
            case SPREAD -> {
                spreadRate = rate;
                yield manyCross && now - untilNanos >= 0 ? Mode.TRIAL : Mode.SPREAD;
            }
            case TRIAL -> keep(rate > spreadRate * AS_MUCH ? Mode.HUDDLED : Mode.SPREAD, now);
            case HUDDLED -> {
                if (now - untilNanos < 0) {
                    yield Mode.HUDDLED;
                }
                untilNanos = now + 2 * WINDOW_NANOS; // in the first of the two the others wake up
                yield Mode.SPREAD;
            }
        };
    }

    private Mode keep(Mode better, long now) {
        untilNanos = now + patienceNanos;
        patienceNanos = Math.min(2 * patienceNanos, LONGEST_NANOS);
        return better;
    }

    /** Handlers take long: all work, and what has been found out is forgotten. */
    void end(long nowNanos, long handled, long crossed) {
        mode = Mode.SPREAD;
        patienceNanos = SHORTEST_NANOS;
        untilNanos = nowNanos + SHORTEST_NANOS;
        begin(nowNanos, handled, crossed);
    }
}
