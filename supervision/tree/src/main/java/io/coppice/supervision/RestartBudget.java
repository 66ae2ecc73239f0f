package io.coppice.supervision;

import io.coppice.process.ExitReason;
import io.vavr.collection.Queue;

import java.time.Duration;

/**
 * How many restarts a supervisor has made of late.
 *
 * <p>A restart counts until more than {@code period} has passed since it, both times cut to whole
 * seconds: the window is open for somewhere between {@code period} and a second more.
 *
 * @param intensity how many restarts may count at once; zero or more
 * @param periodSeconds greater than zero
 * @param spent those that count, the oldest first; never more than {@code intensity + 1}, since the
 *     supervisor ends with the one that is too many
 * @see <a href="https://github.com/erlang/otp/blob/OTP-25.2.3/lib/stdlib/src/supervisor.erl">{@code
 *     add_restart/1} in OTP's supervisor</a>
 */
record RestartBudget(int intensity, long periodSeconds, Queue<Spent> spent) {

    private static final long NANOS = 1_000_000_000;

    /** How many failures are named when a supervisor gives up. */
    private static final int NAMED = 10;

    /** One restart: when, on the monotonic clock, of whom, and why. */
    record Spent(long nanos, String child, ExitReason reason) {
        long second() {
            return Math.floorDiv(nanos, NANOS);
        }
    }

    static RestartBudget of(int intensity, long periodSeconds) {
        return new RestartBudget(intensity, periodSeconds, Queue.empty());
    }

    /**
     * Spends one restart; look at {@link #isOverdrawn()} before making it.
     *
     * @param restart no earlier than the last one
     */
    RestartBudget spend(Spent restart) {
        long oldest = restart.second() - periodSeconds;
        var counting = spent;
        while (!counting.isEmpty() && counting.head().second() < oldest) {
            counting = counting.tail(); // Queue.dropWhile would copy all that is left
        }
        return new RestartBudget(intensity, periodSeconds, counting.enqueue(restart));
    }

    /** Whether the last restart was one too many. */
    boolean isOverdrawn() {
        return spent.length() > intensity;
    }

    /** Why a supervisor gives up, the last restart being one too many. */
    GaveUp gaveUp(String supervisor) {
        var last = spent.last();
        var failures =
                spent.takeRight(NAMED)
                        .map(
                                it ->
                                        new GaveUp.Failure(
                                                it.child(),
                                                it.reason(),
                                                Duration.ofNanos(last.nanos() - it.nanos())));
        return new GaveUp(
                supervisor,
                last.child(),
                intensity,
                Duration.ofSeconds(periodSeconds),
                failures.toJavaList());
    }
}
