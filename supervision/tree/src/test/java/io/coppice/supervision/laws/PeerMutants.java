package io.coppice.supervision.laws;

import static io.coppice.supervision.laws.SupervisionMutants.mutant;

import io.coppice.supervision.StageTrial;
import io.coppice.testkit.mutants.Mutant;

import java.util.List;

/** Broken supervisors, each with a bug that a supervisor somewhere has had. */
final class PeerMutants {

    private static final String TURN = "io.coppice.supervision.Turn";
    private static final String BUDGET = "io.coppice.supervision.RestartBudget";
    private static final String OPERATION = "io.coppice.supervision.Operation";
    private static final String REQUESTS = "io.coppice.supervision.Requests";
    private static final String ACTOR = "io.coppice.supervision.SupervisorActor";

    private PeerMutants() {}

    static List<Mutant> all() {
        return List.of(
                // Starts
                mutant(
                        "error of the gate swallowed",
                        "a child fails to start, and its group opens all the same: willow, W3",
                        SupervisionLaw.A_FAILED_START_STOPS_ALL,
                        OPERATION,
                        "case Purpose.Boot() -> turn.terminate(failedToStart(child, failure));",
                        "case Purpose.Boot() -> { turn.stopped(child);"
                                + " proceed(turn, starting.rest); }"),
                mutant(
                        "gate that stays open",
                        "a group is open while one of it waits for its restart: willow, W4",
                        StageTrial.BARRIER,
                        TURN,
                        "|| !children.hasRestarting() && !waiting.exists(this::isLoss);",
                        "|| !waiting.exists(this::isLoss);"),
                mutant(
                        "counter of children drifts",
                        "a child that was restarted counts twice: elixir#7655",
                        StageTrial.MAX_CHILDREN,
                        REQUESTS,
                        "if (turn.children().slots().size() < max)",
                        "if (turn.children().inOrder().map(Slot::incarnation).sum().intValue()"
                                + " < max)"),
                // Restarts
                mutant(
                        "panic kills the loop",
                        "a supervisor ends with the first child that crashes: willow, L14",
                        SupervisionTrial.OTP,
                        ACTOR,
                        "    private Inner news(Exited exited) {\n",
                        "    private Inner news(Exited exited) {\n"
                            + "if (!exited.from().equals(parent) && exited.reason().isAbnormal())"
                            + " {\n"
                            + "    throw new IllegalStateException(\"panic\");\n"
                            + "}\n"),
                mutant(
                        "restarted in reverse order",
                        "the children of a group come back in the wrong order: kameo#387",
                        SupervisionLaw.RESTARTED_BY_STRATEGY,
                        TURN,
                        ".thenStarting(group.reject(Slot::isTemporary))",
                        ".thenStarting(group.reject(Slot::isTemporary).reverse())"),
                mutant(
                                "one budget for all supervisors",
                                "a supervisor pays for the restarts of others: actor-ts#917",
                                SupervisionLaw.BUDGET,
                                BUDGET,
                                "    static RestartBudget of(int intensity",
                                "    private static int shared;\n"
                                        + "    static RestartBudget of(int intensity")
                        .and(
                                BUDGET,
                                "int count = 1 + (isSame",
                                "int count = ++shared + 0 * (isSame"),
                mutant(
                        "a budget for each child",
                        "restarts of one child do not count for another: actor-ts#917, the other"
                                + " way round",
                        SupervisionLaw.BUDGET,
                        BUDGET,
                        "return counting > intensity;",
                        "var one = last.head().failure().child();\n"
                                + "return last.count(it -> it.failure().child().equals(one))"
                                + " > intensity;"),
                mutant(
                        "window one second short",
                        "a restart is forgotten a second too early",
                        StageTrial.WINDOW,
                        BUDGET,
                        "it.number() >= now - periodSeconds",
                        "it.number() > now - periodSeconds"),
                mutant(
                        "window one second long",
                        "a restart is forgotten a second too late",
                        StageTrial.WINDOW,
                        BUDGET,
                        "it.number() >= now - periodSeconds",
                        "it.number() >= now - periodSeconds - 1"),
                // Ends
                mutant(
                        "true reason lost to a monitor",
                        "a child that ended before it was asked to is said to have been nobody:"
                                + " otp#5193, M8",
                        StageTrial.TRUE_REASON,
                        TURN,
                        "return ExitReason.NO_PROCESS.equals(ofMonitor)",
                        "return false"),
                mutant(
                        "late child never killed",
                        "a child that does not stop in time is waited for, for ever (M6)",
                        StageTrial.DEADLINE,
                        OPERATION,
                        "case Progress.TimeOver() -> kill(turn, List.of(child));",
                        "case Progress.TimeOver() -> {}"),
                mutant(
                        "late children never killed",
                        "dynamic children that do not stop in time are waited for, for ever (M6)",
                        StageTrial.DEADLINE,
                        OPERATION,
                        "case Progress.TimeOver() -> kill(turn,"
                                + " List.ofAll(stopping.left().values()));",
                        "case Progress.TimeOver() -> {}"),
                mutant(
                        "stop without a deadline",
                        "nobody looks at the clock while a child stops: willow, maiko, M6",
                        StageTrial.DEADLINE,
                        OPERATION,
                        "case ShutdownMode.Within(var time) -> Option.some(time);",
                        "case ShutdownMode.Within(var time) -> Option.none();"),
                mutant(
                        "all told to stop at once",
                        "a supervisor that ends does not wait for one child before the next:"
                                + " willow, M7",
                        SupervisionLaw.STOPPED_IN_REVERSE,
                        TURN,
                        "if (rules.isDynamic()) {\n",
                        "if (true) {\n"));
    }
}
