package io.coppice.supervision;

import io.coppice.process.Pid;
import io.vavr.control.Option;

/**
 * A child as its supervisor knows it.
 *
 * @param place where it stands in the start order; never given to another child
 * @param lastPid the pid it has, or had before a restart that failed
 * @param incarnation how often its start has been begun
 * @param failures how often in a row it has failed, as its back-off counts
 * @param upSinceNanos when its last init was done, on the monotonic clock
 */
record Slot(
        long place,
        ChildSpec<?> spec,
        ChildStatus status,
        Option<Pid> lastPid,
        int incarnation,
        int failures,
        long upSinceNanos) {

    static final ChildStatus STOPPED = new ChildStatus.Stopped();
    static final ChildStatus RESTARTING = new ChildStatus.Restarting();

    static Slot of(long place, ChildSpec<?> spec) {
        return new Slot(place, spec, STOPPED, Option.none(), 0, 0, 0);
    }

    /** Its start begins. */
    Slot starting() {
        return new Slot(place, spec, status, lastPid, incarnation + 1, failures, upSinceNanos);
    }

    Slot running(Pid pid, long nowNanos) {
        var status = new ChildStatus.Running(pid);
        return new Slot(place, spec, status, Option.some(pid), incarnation, failures, nowNanos);
    }

    Slot stopped(long nowNanos) {
        int inARow = wasQuiet(nowNanos) ? 0 : failures;
        return new Slot(place, spec, STOPPED, Option.none(), incarnation, inARow, upSinceNanos);
    }

    Slot restarting() {
        return new Slot(place, spec, RESTARTING, lastPid, incarnation, failures, upSinceNanos);
    }

    /** It has failed once more; or for the first time, if it had been quiet for long enough. */
    Slot failed(long nowNanos) {
        int inARow = wasQuiet(nowNanos) ? 1 : failures + 1;
        return new Slot(place, spec, status, lastPid, incarnation, inARow, upSinceNanos);
    }

    private boolean wasQuiet(long nowNanos) {
        long upNanos = nowNanos - upSinceNanos;
        return isRunning()
                && spec.backoff().filter(it -> upNanos >= it.resetAfter().toNanos()).isPresent();
    }

    /** The pid of a child that runs. */
    Pid pid() {
        return lastPid.get();
    }

    boolean isRunning() {
        return status instanceof ChildStatus.Running;
    }

    boolean isRestarting() {
        return status instanceof ChildStatus.Restarting;
    }

    boolean isTemporary() {
        return spec.restart() == Restart.TEMPORARY;
    }

    ChildInfo info() {
        return new ChildInfo(spec.id(), spec.type(), status);
    }
}
