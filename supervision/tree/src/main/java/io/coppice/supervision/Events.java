package io.coppice.supervision;

import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.TreeEvent.Cause;

import java.time.Duration;

/** What a supervisor has to tell of its children: the words for it. */
record Events(Rules rules) {

    TreeEvent started(Slot child, Pid pid, Cause cause) {
        return new TreeEvent.ChildStarted(
                rules.self(), pathOf(child), child.incarnation(), pid, cause);
    }

    TreeEvent notStarted(Slot child, StartFailure failure, boolean isTriedAgain, Cause cause) {
        return new TreeEvent.ChildNotStarted(
                rules.self(), pathOf(child), child.incarnation(), failure, isTriedAgain, cause);
    }

    TreeEvent exited(Slot child, Pid pid, ExitReason reason, boolean isToRestart) {
        return new TreeEvent.ChildExited(
                rules.self(), pathOf(child), child.incarnation(), pid, reason, isToRestart);
    }

    TreeEvent delayed(Slot child, Duration atMost) {
        return new TreeEvent.RestartDelayed(
                rules.self(), pathOf(child), child.incarnation(), atMost);
    }

    TreeEvent overdue(Slot child) {
        return new TreeEvent.ChildOverdue(
                rules.self(),
                pathOf(child),
                child.incarnation(),
                child.pid(),
                child.spec().shutdown());
    }

    TreeEvent stopped(Slot child, ExitReason reason, Cause cause) {
        return new TreeEvent.ChildStopped(
                rules.self(), pathOf(child), child.incarnation(), child.pid(), reason, cause);
    }

    TreeEvent supervisorStarted() {
        return new TreeEvent.SupervisorStarted(rules.self(), rules.path());
    }

    TreeEvent givingUp(GaveUp why) {
        return new TreeEvent.GivingUp(rules.self(), rules.path(), why);
    }

    TreeEvent supervisorEnded(ExitReason reason) {
        return new TreeEvent.SupervisorEnded(rules.self(), rules.path(), reason);
    }

    private String pathOf(Slot child) {
        return rules.paths().kept(child.spec());
    }
}
