package io.coppice.supervision.laws;

import io.coppice.supervision.StageTrial;
import io.coppice.testkit.mutants.Mutant;

import java.util.List;

/** Broken supervisors. What they change is kept short, so that the code may change around it. */
final class SupervisionMutants {

    private static final String TURN = "io.coppice.supervision.Turn";
    private static final String BUDGET = "io.coppice.supervision.RestartBudget";
    private static final String WORK = "io.coppice.supervision.Work";
    private static final String OPERATION = "io.coppice.supervision.Operation";
    private static final String REQUESTS = "io.coppice.supervision.Requests";
    private static final String ACTOR = "io.coppice.supervision.SupervisorActor";

    private SupervisionMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "budget one too small",
                        "a supervisor gives up one restart too early",
                        SupervisionLaw.BUDGET,
                        BUDGET,
                        "counting > intensity",
                        "counting >= intensity"),
                mutant(
                        "budget one too large",
                        "a supervisor gives up one restart too late",
                        SupervisionLaw.BUDGET,
                        BUDGET,
                        "counting > intensity",
                        "counting > intensity + 1"),
                mutant(
                        "restarts forgotten",
                        "a supervisor never gives up",
                        SupervisionLaw.BUDGET,
                        BUDGET,
                        "isSame ? counting",
                        "isSame ? 0"),
                mutant(
                        "forward stop order",
                        "children are stopped in the order in which they were started: willow, M7",
                        SupervisionLaw.STOPPED_IN_REVERSE,
                        WORK,
                        "lastFirst.prepend(slot.place())",
                        "lastFirst.append(slot.place())"),
                mutant(
                        "started before the others are stopped",
                        "a restart starts children while those after them still run: Quasar",
                        SupervisionLaw.STOPPED_BEFORE_STARTED,
                        OPERATION,
                        "if (!work.toStop().isEmpty()) {",
                        "if (!work.toStop().isEmpty() && work.toStart().isEmpty()) {"),
                mutant(
                        "rest for one taken for one for one",
                        "those started after a child are left alone",
                        SupervisionLaw.RESTARTED_BY_STRATEGY,
                        TURN,
                        "case REST_FOR_ONE -> children.from(child.place());",
                        "case REST_FOR_ONE -> List.of(child);"),
                mutant(
                        "rest for one taken for one for all",
                        "those started before a child are restarted, too",
                        SupervisionLaw.RESTARTED_BY_STRATEGY,
                        TURN,
                        "case REST_FOR_ONE -> children.from(child.place());",
                        "case REST_FOR_ONE -> children.inOrder();"),
                mutant(
                        "one for all without the last child",
                        "a child that came later is missing from the restart of all: elle#1215",
                        SupervisionLaw.RESTARTED_BY_STRATEGY,
                        TURN,
                        "case ONE_FOR_ALL -> children.inOrder();",
                        "case ONE_FOR_ALL -> children.inOrder().dropRight(1);"),
                mutant(
                        "transient restarted after a normal end",
                        "a transient child is restarted, whatever the reason",
                        SupervisionLaw.RESTARTED_BY_TYPE,
                        TURN,
                        "case TRANSIENT -> reason.isAbnormal();",
                        "case TRANSIENT -> true;"),
                mutant(
                        "temporary restarted",
                        "a temporary child is restarted",
                        SupervisionLaw.RESTARTED_BY_TYPE,
                        TURN,
                        "case TEMPORARY -> false;",
                        "case TEMPORARY -> true;"),
                mutant(
                        "permanent not restarted after a normal end",
                        "a permanent child that ends by itself stays away",
                        SupervisionLaw.RESTARTED_BY_TYPE,
                        TURN,
                        "case PERMANENT -> true;",
                        "case PERMANENT -> reason.isAbnormal();"),
                mutant(
                        "temporary siblings started again",
                        "the restart of a group starts what should be forgotten",
                        SupervisionLaw.RESTARTED_BY_STRATEGY,
                        TURN,
                        ".thenStarting(group.reject(Slot::isTemporary))",
                        ".thenStarting(group)"),
                mutant(
                        "gives up and stops the dead",
                        "who gives up stops the child that has ended, and nobody else: ergo#213",
                        SupervisionTrial.OTP,
                        TURN,
                        "this, Work.stopping(children.inOrder(), new Purpose.End(reason))",
                        "this, Work.stopping(List.<Slot>of(), new Purpose.End(reason))"),
                mutant(
                        "failed restart not tried again",
                        "a child whose restart fails stays away",
                        SupervisionTrial.OTP,
                        TURN,
                        "perform(new Effect.SendSelf(TryAgain.of(child, cost)));",
                        ""),
                mutant(
                        "failed restart for free",
                        "a restart that fails does not count",
                        SupervisionTrial.OTP,
                        TURN,
                        ".forEach(child -> restart(child, due.cost()))",
                        ".forEach(child -> restartWithinBudget(child, new"
                                + " Purpose.Restart(due.cost().failure())))"),
                mutant(
                        "failed start leaves the others running",
                        "the start of a tree fails, and what had started is not stopped in order",
                        SupervisionLaw.A_FAILED_START_STOPS_ALL,
                        OPERATION,
                        "case Purpose.Boot() -> turn.terminate(failedToStart(child, failure));",
                        "case Purpose.Boot() -> end(turn, failedToStart(child, failure));"),
                mutant(
                        "error of a failed start masked",
                        "the start of a tree fails, and nobody says why: elixir#10326",
                        SupervisionLaw.A_FAILED_START_STOPS_ALL,
                        OPERATION,
                        "turn.terminate(failedToStart(child, failure))",
                        "turn.terminate(ExitReason.SHUTDOWN)"),
                mutant(
                        "unlink before shutdown",
                        "a child that is being stopped is no longer linked, and survives a kill:"
                                + " otp#5201, ERL-724, M7",
                        SupervisionLaw.NO_SURVIVORS,
                        ACTOR,
                        "case Effect.AskToStop it -> context.exit(it.pid(), ExitReason.SHUTDOWN);",
                        "case Effect.AskToStop it -> { context.unlink(it.pid());"
                                + " context.exit(it.pid(), ExitReason.SHUTDOWN); }"),
                mutant(
                        "start barrier that opens too early",
                        "children are opened while one of their group is in its init: W2",
                        StageTrial.BARRIER,
                        TURN,
                        "return children.mayOpen() && isServing() && !children",
                        "return children.mayOpen() && !children"),
                mutant(
                        "opened before the group is started",
                        "children are opened before those above them are up",
                        StageTrial.BARRIER,
                        TURN,
                        "return children.mayOpen() && isServing() && !children",
                        "return isServing() && !children"),
                mutant(
                        "never opened",
                        "a child that was restarted stays shut: willow, W4",
                        StageTrial.BARRIER,
                        TURN,
                        "return children.mayOpen() && isServing() && !children",
                        "return false && isServing() && !children"),
                mutant(
                        "group that opens one by one",
                        "a restarted child opens by itself while its group is not up: W2",
                        StageTrial.BARRIER,
                        TURN,
                        "return !children.mayOpen() || rules.strategy() != Strategy.ONE_FOR_ONE;",
                        "return !children.mayOpen();"),
                mutant(
                        "child that opens before its supervisor",
                        "a child opens by itself before those above it are up",
                        StageTrial.BARRIER,
                        TURN,
                        "return !children.mayOpen() || rules.strategy() != Strategy.ONE_FOR_ONE;",
                        "return rules.strategy() != Strategy.ONE_FOR_ONE;"),
                mutant(
                        "max children ignored",
                        "a supervisor starts more children than it may have",
                        StageTrial.MAX_CHILDREN,
                        REQUESTS,
                        "if (turn.children().slots().size() < max)",
                        "if (true)"),
                mutant(
                        "one child too many",
                        "a supervisor starts one child more than it may have",
                        StageTrial.MAX_CHILDREN,
                        REQUESTS,
                        "if (turn.children().slots().size() < max)",
                        "if (turn.children().slots().size() <= max)"),
                mutant(
                        "supervisor without a trap",
                        "a supervisor dies with its first child: Reactive#32",
                        SupervisionTrial.OTP,
                        ACTOR,
                        "context.trapExits(exited -> toOwn.apply(news(exited)));",
                        ""));
    }

    static Mutant mutant(
            String name,
            String bug,
            SupervisionLaw law,
            String type,
            String find,
            String replacement) {
        return mutant(name, bug, law.name(), type, find, replacement);
    }

    static Mutant mutant(
            String name, String bug, String trial, String type, String find, String replacement) {
        return Mutant.of(name, bug, trial, type, find, replacement);
    }
}
