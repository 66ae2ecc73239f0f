package io.coppice.supervision;

import io.coppice.supervision.Effect.Report;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.stream.Collectors;

/**
 * What people read about a supervisor. The stack trace of a crash is not in it: the process that
 * crashed has reported that.
 */
record Reports(String supervisor) {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /** How many restarts are named when a supervisor gives up. */
    private static final int NAMED = 10;

    void write(Report report) {
        switch (report) {
            case Report.ChildEnded(var child, var pid, var reason, var isRestarted)
                    when !isRestarted && !reason.isAbnormal() ->
                    LOG.debug("{}: {} ended: {}", supervisor, pid, reason);

            case Report.ChildEnded(var child, var pid, var reason, var isRestarted)
                    when isRestarted ->
                    LOG.warn("{}: {} ended: {}; to be restarted", supervisor, pid, reason);

            case Report.ChildEnded(var child, var pid, var reason, var isRestarted) ->
                    LOG.warn("{}: {} ended: {}; not restarted", supervisor, pid, reason);

            case Report.StartFailed(var child, var failure, var isTriedAgain) when isTriedAgain ->
                    LOG.warn(
                            "{}: {} did not restart: {}; to be tried again",
                            supervisor,
                            child,
                            failure.getMessage());

            case Report.StartFailed(var child, var failure, var isTriedAgain) ->
                    LOG.error(
                            "{}: {} did not start: {}; {} ends",
                            supervisor,
                            child,
                            failure.getMessage(),
                            supervisor);

            case Report.GivingUp(var child, var budget) ->
                    LOG.error(
                            "{}: gives up on {}: more than {} restarts in {} s ({})",
                            supervisor,
                            child,
                            budget.intensity(),
                            budget.periodSeconds(),
                            named(budget));

            case Report.Late(var child, var pid) ->
                    LOG.warn(
                            "{}: {} killed: it did not stop {}", supervisor, pid, child.shutdown());

            case Report.StoppedOddly(var child, var pid, var reason) ->
                    LOG.warn("{}: {} was to stop, and ended: {}", supervisor, pid, reason);
        }
    }

    /** The children whose restarts spent the budget, the last ones if there are many. */
    private static String named(RestartBudget budget) {
        var names = budget.spent().map(RestartBudget.Spent::child);
        return (names.size() > NAMED ? "... " : "")
                + names.takeRight(NAMED).collect(Collectors.joining(", "));
    }
}
