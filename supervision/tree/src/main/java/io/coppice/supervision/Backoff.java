package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a child that keeps failing waits before it is started again: {@code first}, twice that,
 * four times that, and so on up to {@code cap}, each shortened at random by up to {@code jitter} of
 * it. An immutable value; each option yields another one.
 *
 * <pre>{@code
 * worker("feed", Feed::new).backoff(exponential(ofMillis(100), ofSeconds(30)))
 * }</pre>
 *
 * <p>A restart counts for the budget of the supervisor when it is made, not while it waits. So a
 * back-off slows the spending down: with {@code restarts(n, period)} a child that always fails is
 * given up only while its delays are shorter than about {@code period / n}; with longer ones it is
 * tried for ever, which {@link Supervisor#check() check()} points out. If the restart will be one
 * too many even after the whole delay, the supervisor gives up at once, without waiting. Children
 * that are restarted with it are stopped first, and the delay begins when they have stopped; if one
 * of them restarts the group meanwhile, or another child does, nobody waits any longer.
 *
 * @param first the delay of the first restart; greater than zero
 * @param cap no delay is longer; at least {@code first}, at most 365 days
 * @param jitter from 0, always the whole delay, to 1, anything from zero to it; so that those who
 *     failed together do not come back together
 * @param resetAfter a child that has run for so long, counted from the end of its init, starts with
 *     {@code first} again, whether it failed then or was stopped; greater than zero, at most 365
 *     days
 */
public record Backoff(Duration first, Duration cap, double jitter, Duration resetAfter) {

    private static final double DEFAULT_JITTER = 0.2;
    private static final Duration LONGEST = Duration.ofDays(365);

    public Backoff {
        requirePositive(first, "first");
        requireNonNull(cap, "cap");
        requirePositive(resetAfter, "resetAfter");
        if (cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("cap of a back-off: " + cap + ", below " + first);
        }
        requireAtMostAYear(cap, "cap");
        requireAtMostAYear(resetAfter, "resetAfter");
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter: " + jitter + ", not in 0 to 1");
        }
    }

    private static void requirePositive(Duration value, String name) {
        requireNonNull(value, name);
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    name + " of a back-off: " + value + ", must be greater than zero");
        }
    }

    private static void requireAtMostAYear(Duration value, String name) {
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " of a back-off: " + value + ", above a year");
        }
    }

    /**
     * From {@code first} to {@code cap}, with a jitter of 0.2, reset after {@code cap}.
     *
     * @throws IllegalArgumentException if one of them is not in its range
     */
    public static Backoff exponential(Duration first, Duration cap) {
        return new Backoff(first, cap, DEFAULT_JITTER, cap);
    }

    /** This back-off with {@code fraction} as {@link #jitter()}. */
    public Backoff jitter(double fraction) {
        return new Backoff(first, cap, fraction, resetAfter);
    }

    /** This back-off with {@code quiet} as {@link #resetAfter()}. */
    public Backoff resetAfter(Duration quiet) {
        return new Backoff(first, cap, jitter, quiet);
    }

    /**
     * The delay before the next restart, without jitter.
     *
     * @param failures how often the child has failed in a row; one or more
     */
    public Duration delay(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures: " + failures + ", must be 1 or more");
        }
        var delay = first;
        for (int doubled = 1; doubled < failures && delay.compareTo(cap) < 0; doubled++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(cap) < 0 ? delay : cap;
    }

    /** For example {@code back-off PT0.1S to PT30S}. */
    @Override
    public String toString() {
        return "back-off " + first + " to " + cap;
    }
}
