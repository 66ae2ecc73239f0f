package io.coppice.examples.incidents.supervisors;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.examples.incidents.stage.Trees.pid;
import static io.coppice.examples.incidents.stage.Victims.BOOM;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.TreeEvent;

import java.util.stream.IntStream;

/** Five children that fail once each, where each may fail twice. */
public final class BudgetOfAll implements Incident {

    private static final int CHILDREN = 5;

    @Override
    public Story story() {
        return Story.of("budget-of-all", "Children are stopped for the failures of others")
                .from("actor-ts#917")
                .elsewhere(
                        "The budget reads as if each child had its own, and is kept once for all of"
                                + " a parent. Five that fail once each spend it together.")
                .here(
                        "A budget is a supervisor's, as in OTP, and stands where the supervisor"
                            + " stands. Who wants one per child gives each child a supervisor; a"
                            + " failure spends that one only.");
    }

    private static Facts facts(long running) {
        return Facts.of("children running after one failure of each of 5", running);
    }

    @Override
    public Facts right() {
        return facts(CHILDREN);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reported(facts(3)); // With maxRetries: 2.
    }

    @Override
    public Facts here() {
        var chronicle = new Chronicle();
        var families =
                IntStream.range(0, CHILDREN)
                        .mapToObj(
                                i ->
                                        supervisor("family-" + i, ONE_FOR_ONE)
                                                .restarts(2, ofSeconds(5))
                                                .children(idle("child-" + i)))
                        .toArray(Supervisor[]::new);
        var tree = supervisor("town", ONE_FOR_ONE).listener(chronicle).children(families);
        try (var node = Node.start(tree)) {
            for (int i = 0; i < CHILDREN; i++) node.exit(pid(node, "child-" + i), BOOM);
            Wait.until(() -> restarted(chronicle) == CHILDREN);
            boolean gaveUp = !chronicle.all(TreeEvent.GivingUp.class).isEmpty();
            return facts(gaveUp ? 0 : restarted(chronicle));
        }
    }

    private static long restarted(Chronicle chronicle) {
        return IntStream.range(0, CHILDREN).mapToLong(i -> chronicle.restarts("child-" + i)).sum();
    }
}
