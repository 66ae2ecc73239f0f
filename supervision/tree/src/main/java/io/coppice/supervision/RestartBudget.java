package io.coppice.supervision;

import io.vavr.collection.Queue;

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

    /** One restart: when, on the monotonic clock, and of whom. */
    record Spent(long second, String child) {}

    static RestartBudget of(int intensity, long periodSeconds) {
        return new RestartBudget(intensity, periodSeconds, Queue.empty());
    }

    /**
     * Spends one restart; look at {@link #isOverdrawn()} before making it.
     *
     * @param nowNanos the monotonic clock, in nanoseconds; no earlier than at the last restart
     */
    RestartBudget spend(String child, long nowNanos) {
        long now = Math.floorDiv(nowNanos, NANOS);
        var counting = spent;
        while (!counting.isEmpty() && counting.head().second() < now - periodSeconds) {
            counting = counting.tail(); // Queue.dropWhile would copy all that is left
        }
        return new RestartBudget(intensity, periodSeconds, counting.enqueue(new Spent(now, child)));
    }

    /** Whether the last restart was one too many. */
    boolean isOverdrawn() {
        return spent.length() > intensity;
    }
}
