package io.coppice.examples.incidents.supervisors;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.examples.incidents.stage.Trees.pid;
import static io.coppice.examples.incidents.stage.Victims.BOOM;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.supervision.TreeEvent;

import java.util.ArrayList;
import java.util.List;

/** REST_FOR_ONE, when b of a, b, c, d fails. */
public final class RestartOneByOne implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "restart-one-by-one",
                        "A restarted child starts beside old ones that depend on it")
                .from("Quasar: REST_FOR_ONE")
                .elsewhere(
                        "From the one that failed on, each child is stopped and started in turn."
                            + " The new b meets the old c and d, which still hold on to the old b.")
                .here(
                        "All that are affected are stopped first, the last first; then they are"
                                + " started in order.");
    }

    private static Facts facts(String order) {
        boolean beside = order.indexOf("start b") < order.indexOf("stop c");
        return Facts.of("the old c when the new b starts", beside ? "running" : "stopped")
                .and("what happens when b fails", order);
    }

    @Override
    public Facts right() {
        return facts("stop d, stop c, start b, start c, start d");
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> order = new ArrayList<>();
        order.add("start b"); // It failed, so there is nothing to stop.
        for (var younger : List.of("c", "d")) {
            order.add("stop " + younger);
            order.add("start " + younger);
        }
        return Elsewhere.reenacted(facts(String.join(", ", order)));
    }

    @Override
    public Facts here() throws InterruptedException {
        var chronicle = new Chronicle();
        var tree =
                supervisor("letters", REST_FOR_ONE)
                        .listener(chronicle)
                        .children(idle("a"), idle("b"), idle("c"), idle("d"));
        try (var node = Node.start(tree)) {
            var b = pid(node, "b");
            chronicle.clear();
            node.exit(b, BOOM);
            chronicle.await(TreeEvent.ChildStarted.class, 3);
            return facts(chronicle.startsAndStops());
        }
    }
}
