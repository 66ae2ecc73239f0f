package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.process.Pid;
import io.vavr.control.Option;

import org.jspecify.annotations.Nullable;

/**
 * A child as its supervisor knows it. There may be a million: what can be put together when it is
 * asked for is not kept.
 *
 * @param place where it stands in the start order; never given to another child
 * @param last the pid it has, or had before a restart that failed
 * @param incarnation how often its start has been begun
 * @param failures how often in a row it has failed, as its back-off counts
 * @param upSinceNanos when its last init was done, on the monotonic clock; kept of a child with a
 *     back-off
 */
record Slot(
        long place,
        ChildSpec<?> spec,
        State state,
        @Nullable Pid last,
        int incarnation,
        int failures,
        long upSinceNanos) {

    /** What {@link ChildStatus} tells people, without the pid. */
    enum State {
        RUNNING,
        STOPPED,
        RESTARTING
    }

    static Slot of(long place, ChildSpec<?> spec) {
        return new Slot(place, spec, State.STOPPED, null, 0, 0, 0);
    }

    /** Its start begins. */
    Slot starting() {
        return new Slot(place, spec, state, last, incarnation + 1, failures, upSinceNanos);
    }

    /** It has ended, and its next start begins. */
    Slot startingAgain() {
        return new Slot(
                place, spec, State.RESTARTING, last, incarnation + 1, failures, upSinceNanos);
    }

    Slot running(Pid pid, long nowNanos) {
        return new Slot(place, spec, State.RUNNING, pid, incarnation, failures, nowNanos);
    }

    Slot stopped(long nowNanos) {
        int inARow = wasQuiet(nowNanos) ? 0 : failures;
        return new Slot(place, spec, State.STOPPED, null, incarnation, inARow, upSinceNanos);
    }

    Slot restarting() {
        return new Slot(place, spec, State.RESTARTING, last, incarnation, failures, upSinceNanos);
    }

    /** It has failed once more; or for the first time, if it had been quiet for long enough. */
    Slot failed(long nowNanos) {
        int inARow = wasQuiet(nowNanos) ? 1 : failures + 1;
        return new Slot(place, spec, state, last, incarnation, inARow, upSinceNanos);
    }

    private boolean wasQuiet(long nowNanos) {
        long upNanos = nowNanos - upSinceNanos;
        return isRunning()
                && spec.backoff().filter(it -> upNanos >= it.resetAfter().toNanos()).isPresent();
    }

    /** The pid of a child that runs. */
    Pid pid() {
        return requireNonNull(last, "pid of a child that runs");
    }

    Option<Pid> lastPid() {
        return Option.of(last);
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    boolean isRestarting() {
        return state == State.RESTARTING;
    }

    boolean isTemporary() {
        return spec.restart() == Restart.TEMPORARY;
    }

    ChildStatus status() {
        return switch (state) {
            case RUNNING -> new ChildStatus.Running(pid());
            case STOPPED -> new ChildStatus.Stopped();
            case RESTARTING -> new ChildStatus.Restarting();
        };
    }

    ChildInfo info() {
        return new ChildInfo(spec.id(), spec.type(), status());
    }
}
