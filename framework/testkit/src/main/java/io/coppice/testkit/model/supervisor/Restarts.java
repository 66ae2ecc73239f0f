package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.supervisor.Behaviour.Sight;
import io.coppice.testkit.model.supervisor.Job.Purpose;
import io.coppice.testkit.model.supervisor.Job.Step;
import io.vavr.collection.List;

/** What a supervisor does about a child that has ended by itself. */
final class Restarts {

    private static final long MILLIS_PER_SECOND = 1_000;

    private Restarts() {}

    static Course ended(Supervisor me, Child child, ExitReason reason, Sight sight) {
        boolean isRestarted =
                switch (child.spec().restart()) {
                    case PERMANENT -> true;
                    case TRANSIENT -> !isOrderly(reason);
                    case TEMPORARY -> false;
                };
        return isRestarted
                ? restart(me, child, sight)
                : shutDownIfDue(me.with(me.children().withStopped(child)), child, sight);
    }

    private static boolean isOrderly(ExitReason reason) {
        return reason instanceof ExitReason.Normal || reason instanceof ExitReason.Shutdown;
    }

    // Restarts

    /** First the budget is asked; only then anything is stopped or started. */
    static Course restart(Supervisor me, Child child, Sight sight) {
        var counted = counted(me, sight.millis() / MILLIS_PER_SECOND);
        var counting = me.withRestarts(counted);
        if (counted.length() > me.flags().intensity()) {
            return Work.end(
                    counting.with(me.children().withStopped(child)), ExitReason.SHUTDOWN, sight);
        }
        return switch (me.flags().strategy()) {
            case ONE_FOR_ONE, SIMPLE_ONE_FOR_ONE -> restartAlone(counting, child, sight);
            case REST_FOR_ONE -> restart(counting, child, me.children().from(child), sight);
            case ONE_FOR_ALL -> restart(counting, child, me.children().inOrder(), sight);
        };
    }

    /** Those that are no older than the period, and the one of now. */
    private static List<Long> counted(Supervisor me, long now) {
        long oldest = now - me.flags().period();
        return me.restarts().takeWhile(then -> then >= oldest).prepend(now);
    }

    private static Course restartAlone(Supervisor me, Child child, Sight sight) {
        return Work.proceed(
                me, new Job(List.of(new Step.Start(child)), new Purpose.Restart()), sight);
    }

    /**
     * All of {@code group} that run are ended in reverse order. Then all of it are started in
     * order, those included that did not run; the temporary ones are forgotten.
     */
    private static Course restart(Supervisor me, Child child, List<Child> group, Sight sight) {
        var gone = group.map(each -> each.key().equals(child.key()) ? each.stopped() : each);
        var starts =
                gone.filter(each -> !each.spec().isTemporary())
                        .map(Child::stopped)
                        .<Step>map(Step.Start::new);
        return Work.proceed(
                me.with(me.children().with(child.stopped())),
                new Job(Work.stops(gone).appendAll(starts), new Purpose.Restart()),
                sight);
    }

    // Automatic shutdown

    private static Course shutDownIfDue(Supervisor me, Child child, Sight sight) {
        boolean isDue =
                child.spec().isSignificant()
                        && switch (me.flags().autoShutdown()) {
                            case NEVER -> false;
                            case ANY_SIGNIFICANT -> true;
                            case ALL_SIGNIFICANT ->
                                    me.children().inOrder().forAll(Restarts::isNotNeeded);
                        };
        return isDue ? Work.end(me, ExitReason.SHUTDOWN, sight) : Course.of(me);
    }

    private static boolean isNotNeeded(Child child) {
        boolean isGone = child.process().isEmpty() && !child.isRestarting();
        return !child.spec().isSignificant() || isGone;
    }
}
