package io.coppice.supervision;

import io.coppice.process.Pid;
import io.vavr.control.Option;

/**
 * A child as its supervisor knows it.
 *
 * @param place where it stands in the start order; never given to another child
 * @param lastPid the pid it has, or had before a restart that failed
 */
record Slot(long place, ChildSpec<?> spec, ChildStatus status, Option<Pid> lastPid) {

    static final ChildStatus STOPPED = new ChildStatus.Stopped();
    static final ChildStatus RESTARTING = new ChildStatus.Restarting();

    static Slot of(long place, ChildSpec<?> spec) {
        return new Slot(place, spec, STOPPED, Option.none());
    }

    Slot running(Pid pid) {
        return new Slot(place, spec, new ChildStatus.Running(pid), Option.some(pid));
    }

    Slot stopped() {
        return new Slot(place, spec, STOPPED, Option.none());
    }

    Slot restarting() {
        return new Slot(place, spec, RESTARTING, lastPid);
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
