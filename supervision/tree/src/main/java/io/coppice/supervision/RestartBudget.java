package io.coppice.supervision;

import io.coppice.supervision.TreeEvent.Cause.Failure;
import io.vavr.collection.List;

import java.time.Duration;

/**
 * How many restarts a supervisor has made of late.
 *
 * <p>A restart counts until more than {@code period} has passed since it, both times cut to whole
 * seconds: the window is open for somewhere between {@code period} and a second more.
 *
 * @param intensity how many restarts may count at once; zero or more
 * @param periodSeconds greater than zero
 * @param second the second in which the last was made
 * @param inSecond how many were made in that
 * @param earlier in which seconds before that those were made that count, and how many in each, the
 *     newest first
 * @param counting how many those are; never more than {@code intensity + 1}, since the supervisor
 *     ends with the one that is too many
 * @param last what the last of them were for, the newest first; {@link #NAMED} at most
 * @param older what those were for that came just before, if one has to go back so far
 * @see <a href="https://github.com/erlang/otp/blob/OTP-25.2.3/lib/stdlib/src/supervisor.erl">{@code
 *     add_restart/1} in OTP's supervisor</a>
 */
record RestartBudget(
        int intensity,
        long periodSeconds,
        long second,
        int inSecond,
        List<Second> earlier,
        int counting,
        List<Cost> last,
        List<Cost> older) {

    private static final long NANOS = 1_000_000_000;

    /** How many failures are named when a supervisor gives up; reasons may be large. */
    private static final int NAMED = 10;

    /** What a restart is for: a failure, and when that was, on the monotonic clock. */
    record Cost(Failure failure, long failedNanos) {}

    /** How many restarts were made in one second. */
    record Second(long number, int restarts) {}

    static RestartBudget of(int intensity, long periodSeconds) {
        return new RestartBudget(
                intensity, periodSeconds, 0, 0, List.empty(), 0, List.empty(), List.empty());
    }

    /**
     * Spends one restart; look at {@link #isOverdrawn()} before making it.
     *
     * @param nowNanos the monotonic clock, in nanoseconds; no earlier than at the last restart
     */
    RestartBudget spend(Cost cost, long nowNanos) {
        long now = Math.floorDiv(nowNanos, NANOS);
        boolean isSame = now == second;
        var others = isSame ? earlier : before(now);
        int count = 1 + (isSame ? counting : others.map(Second::restarts).sum().intValue());
        boolean isFull = last.length() == NAMED;
        return new RestartBudget(
                intensity,
                periodSeconds,
                now,
                isSame ? inSecond + 1 : 1,
                others,
                count,
                isFull ? List.of(cost) : last.prepend(cost),
                isFull ? last : older);
    }

    /** In which seconds those were made that still count in the second {@code now}, a later one. */
    private List<Second> before(long now) {
        var all = inSecond == 0 ? earlier : earlier.prepend(new Second(second, inSecond));
        return all.takeWhile(it -> it.number() >= now - periodSeconds);
    }

    /** Whether the last restart was one too many. */
    boolean isOverdrawn() {
        return counting > intensity;
    }

    /** Why a supervisor gives up, the last restart being one too many. */
    GaveUp gaveUp(String supervisor) {
        var fatal = last.head();
        var named = last.appendAll(older).take(Math.min(NAMED, counting)).reverse();
        var failures =
                named.map(
                        it ->
                                new GaveUp.Failure(
                                        it.failure().child(),
                                        it.failure().reason(),
                                        Duration.ofNanos(fatal.failedNanos() - it.failedNanos())));
        return new GaveUp(
                supervisor,
                fatal.failure().child(),
                intensity,
                Duration.ofSeconds(periodSeconds),
                failures.toJavaList());
    }
}
