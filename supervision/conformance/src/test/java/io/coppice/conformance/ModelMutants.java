package io.coppice.conformance;

import io.coppice.testkit.mutants.Mutant;

import java.util.List;

/** Broken models of a supervisor. */
final class ModelMutants {

    private static final String PACKAGE = "io.coppice.testkit.model.supervisor.";
    private static final String WORK = PACKAGE + "Work";
    private static final String RESTARTS = PACKAGE + "Restarts";
    private static final String CHILDREN = PACKAGE + "Children";
    private static final String SUPERVISOR = PACKAGE + "Supervisor";
    private static final String REQUESTS = PACKAGE + "Requests";
    private static final String DYNAMIC = PACKAGE + "DynamicRequests";
    private static final String CHECKS = PACKAGE + "Checks";

    private ModelMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "forward stop order",
                        "children are ended in the order in which they were started",
                        WORK,
                        "return children.reverse().map(child ->",
                        "return children.map(child ->"),
                mutant(
                        "stopped all at once",
                        "children are ended without waiting for one after the other",
                        WORK,
                        "return me.flags().isSimple() ? List.of(",
                        "return true ? List.of("),
                mutant(
                        "dynamic children stopped one by one",
                        "those told apart by process are given a time each",
                        WORK,
                        "return me.flags().isSimple() ? List.of(",
                        "return false ? List.of("),
                mutant(
                        "unlink before shutdown",
                        "a child is unlinked before it is told to end",
                        WORK,
                        "return List.of(new Deed.Monitor(process), end);",
                        "return List.of(new Deed.UnlinkAndFlush(process), new"
                                + " Deed.Monitor(process), end);"),
                mutant(
                        "patience without end",
                        "who does not end in time is waited for",
                        WORK,
                        "case Shutdown.Within(long millis) -> List.of(new Deed.Alarm(millis));",
                        "case Shutdown.Within(long millis) -> List.of();"),
                mutant(
                        "brutal kill taken for shutdown",
                        "who is to be killed is told to end",
                        WORK,
                        "? new Deed.Kill(process)",
                        "? new Deed.Exit(process, ExitReason.SHUTDOWN)"),
                mutant(
                        "failed start leaves the others running",
                        "what has started is not ended when a later child fails to",
                        WORK,
                        "end(me, new Purpose.End(failedToStart(child, reason), true), sight);",
                        "fulfilled(me, new Purpose.End(failedToStart(child, reason), true));"),
                mutant(
                        "failed restart not tried again",
                        "a child whose restart fails stays away",
                        WORK,
                        "new Deed.SendSelf(new Letter.TryAgain(child.key())));",
                        "new Deed.NoAlarm());"),
                mutant(
                        "budget one too small",
                        "a supervisor gives up one restart too early",
                        RESTARTS,
                        "if (counted.length() > me.flags().intensity()) {",
                        "if (counted.length() >= me.flags().intensity()) {"),
                mutant(
                        "budget one too large",
                        "a supervisor gives up one restart too late",
                        RESTARTS,
                        "if (counted.length() > me.flags().intensity()) {",
                        "if (counted.length() > me.flags().intensity() + 1) {"),
                mutant(
                        "restarts never forgotten",
                        "what is older than the period counts",
                        RESTARTS,
                        ".takeWhile(then -> then >= oldest)",
                        ""),
                mutant(
                        "transient restarted after shutdown",
                        "a transient child is restarted that has ended in order",
                        RESTARTS,
                        "|| reason instanceof ExitReason.Shutdown;",
                        ";"),
                mutant(
                        "temporary restarted",
                        "a temporary child is restarted",
                        RESTARTS,
                        "case TEMPORARY -> false;",
                        "case TEMPORARY -> true;"),
                mutant(
                        "permanent not restarted after a normal end",
                        "a permanent child that ends by itself stays away",
                        RESTARTS,
                        "case PERMANENT -> true;",
                        "case PERMANENT -> !isOrderly(reason);"),
                mutant(
                        "rest for one taken for one for all",
                        "those started before a child are restarted, too",
                        RESTARTS,
                        "me.children().from(child), sight);",
                        "me.children().inOrder(), sight);"),
                mutant(
                        "rest for one taken for one for one",
                        "those started after a child are left alone",
                        RESTARTS,
                        "me.children().from(child), sight);",
                        "List.of(child), sight);"),
                mutant(
                        "temporary siblings started again",
                        "the restart of a group starts what should be forgotten",
                        RESTARTS,
                        "gone.filter(each -> !each.spec().isTemporary())",
                        "gone"),
                mutant(
                        "the stopped left alone",
                        "the restart of a group does not start those that did not run",
                        RESTARTS,
                        "gone.filter(each -> !each.spec().isTemporary())",
                        "gone.filter(each -> each.isRunning() || each.key().equals(child.key()))"),
                mutant(
                        "automatic shutdown of any taken for all",
                        "a supervisor waits for all significant children",
                        RESTARTS,
                        "case ANY_SIGNIFICANT -> true;",
                        "case ANY_SIGNIFICANT ->"
                                + " me.children().inOrder().forAll(Restarts::isNotNeeded);"),
                mutant(
                        "insignificant children shut down",
                        "a supervisor ends with a child that is not significant",
                        RESTARTS,
                        "child.spec().isSignificant()\n",
                        "true\n"),
                mutant(
                        "exits of strangers obeyed",
                        "a supervisor ends with any process that it is not the parent of",
                        SUPERVISOR,
                        "when from.equals(starter) ->",
                        "when children.being(from).isEmpty() ->"),
                mutant(
                        "end of the parent ignored",
                        "a supervisor survives its parent",
                        SUPERVISOR,
                        "when from.equals(starter) ->",
                        "when from.equals(starter + \"?\") ->"),
                mutant(
                        "requests served while a child starts",
                        "a supervisor does several things at a time",
                        SUPERVISOR,
                        "case Letter.Exit(var from, var reason) -> from.equals(process);",
                        "case Letter.Exit(var from, var reason) -> true;"),
                mutant(
                        "ended temporary child kept",
                        "what cannot come back is still listed",
                        CHILDREN,
                        "areDynamic || child.spec().isTemporary()",
                        "areDynamic"),
                mutant(
                        "which children in start order",
                        "the oldest child is shown first",
                        REQUESTS,
                        ".reverse()",
                        ""),
                mutant(
                        "running child deleted",
                        "a child is forgotten while it runs",
                        REQUESTS,
                        "? answer(me.with(me.children().without(child.key())), caller, \"ok\")",
                        "|| true ? answer(me.with(me.children().without(child.key())), caller,"
                                + " \"ok\")"),
                mutant(
                        "the dead unknown",
                        "to end a process that has ended is an error",
                        DYNAMIC,
                        "return sight.lives(process)",
                        "return true"),
                mutant(
                        "duplicate ids allowed",
                        "two children have one id",
                        CHECKS,
                        "return before.forAll(",
                        "return true || before.forAll("));
    }

    private static Mutant mutant(
            String name, String bug, String type, String find, String replacement) {
        return Mutant.of(name, bug, "scenarios", type, find, replacement);
    }
}
