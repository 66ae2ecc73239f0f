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
 * @param starts how often its start has been begun; less than zero while a restart is due
 * @param past what its back-off goes by, if it has one
 */
record Slot(long place, ChildSpec<?> spec, @Nullable Pid last, int starts, @Nullable Past past) {

    /** What {@link ChildStatus} tells people, without the pid. */
    enum State {
        RUNNING,
        STOPPED,
        RESTARTING
    }

    /**
     * @param failures how often in a row it has failed
     * @param upSinceNanos when its last init was done, on the monotonic clock
     */
    record Past(int failures, long upSinceNanos) {
        static final Past NONE = new Past(0, 0);
    }

    static Slot of(long place, ChildSpec<?> spec) {
        return new Slot(place, spec, null, 0, spec.backoff().isPresent() ? Past.NONE : null);
    }

    // To change

    /** Its start begins. */
    Slot starting() {
        return new Slot(place, spec, last, isRestarting() ? starts - 1 : starts + 1, past);
    }

    /** It has ended, and its next start begins. */
    Slot startingAgain() {
        return new Slot(place, spec, last, -incarnation() - 1, past);
    }

    Slot running(Pid pid, long nowNanos) {
        var since = past == null ? null : new Past(past.failures(), nowNanos);
        return new Slot(place, spec, pid, incarnation(), since);
    }

    Slot stopped(long nowNanos) {
        return new Slot(place, spec, null, incarnation(), wasQuiet(nowNanos) ? Past.NONE : past);
    }

    Slot restarting() {
        return new Slot(place, spec, last, -incarnation(), past);
    }

    /** It has failed once more; or for the first time, if it had been quiet for long enough. */
    Slot failed(long nowNanos) {
        int inARow = wasQuiet(nowNanos) ? 1 : failures() + 1;
        return new Slot(place, spec, last, starts, new Past(inARow, upSinceNanos()));
    }

    private boolean wasQuiet(long nowNanos) {
        return past != null
                && isRunning()
                && nowNanos - past.upSinceNanos()
                        >= spec.backoff().orElseThrow().resetAfter().toNanos();
    }

    // To look up

    /** How often its start has been begun. */
    int incarnation() {
        return Math.abs(starts);
    }

    /** How often in a row it has failed, as its back-off counts. */
    int failures() {
        return past == null ? 0 : past.failures();
    }

    private long upSinceNanos() {
        return past == null ? 0 : past.upSinceNanos();
    }

    /** The pid of a child that runs. */
    Pid pid() {
        return requireNonNull(last, "pid of a child that runs");
    }

    Option<Pid> lastPid() {
        return Option.of(last);
    }

    State state() {
        return isRestarting() ? State.RESTARTING : isRunning() ? State.RUNNING : State.STOPPED;
    }

    boolean isRunning() {
        return starts > 0 && last != null;
    }

    boolean isRestarting() {
        return starts < 0;
    }

    boolean hasBackoff() {
        return past != null;
    }

    boolean isTemporary() {
        return spec.restart() == Restart.TEMPORARY;
    }

    ChildStatus status() {
        return switch (state()) {
            case RUNNING -> new ChildStatus.Running(pid());
            case STOPPED -> new ChildStatus.Stopped();
            case RESTARTING -> new ChildStatus.Restarting();
        };
    }

    ChildInfo info() {
        return new ChildInfo(spec.id(), spec.type(), status());
    }
}
