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
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.ExitReason;
import io.coppice.supervision.GaveUp;
import io.coppice.supervision.TreeEvent;

import java.util.ArrayList;
import java.util.List;

/** A supervisor that has restarted too often. */
public final class GivesUpOnTheDead implements Incident {

    @Override
    public Story story() {
        return Story.of("gives-up-on-the-dead", "A supervisor that gives up waits for the dead")
                .from("ergo#213")
                .elsewhere(
                        "The loop over the children that are to be stopped takes the pid of the one"
                            + " that has just died, each time. The siblings are not stopped, and"
                            + " the supervisor waits for them.")
                .here(
                        "Giving up is stopping the children in reverse order, each under a monitor."
                                + " It ends, and tells which failures spent the budget.");
    }

    private static Facts facts(long stopped, boolean ended) {
        return Facts.of("siblings stopped, of 2", stopped).and("the supervisor ends", ended);
    }

    @Override
    public Facts right() {
        return facts(2, true);
    }

    @Override
    public Elsewhere elsewhere() {
        var alive = new ArrayList<>(List.of("b", "c"));
        var dead = "a";
        List<String> toStop = new ArrayList<>();
        for (var ignored : List.copyOf(alive)) toStop.add(dead); // Should be the one of the loop.
        alive.removeAll(toStop);
        return Elsewhere.reenacted(facts(2 - alive.size(), alive.isEmpty()));
    }

    @Override
    public Facts here() throws InterruptedException {
        var chronicle = new Chronicle();
        var tree =
                supervisor("letters", ONE_FOR_ONE)
                        .restarts(0, ofSeconds(5))
                        .listener(chronicle)
                        .children(idle("a"), idle("b"), idle("c"));
        try (var node = Node.start()) {
            var end = node.ended(Trees.start(node, tree).pid());
            node.exit(pid(node, "a"), BOOM);
            boolean gaveUp =
                    Wait.of(end) instanceof ExitReason.Shutdown(GaveUp why)
                            && why.child().equals("a");
            return facts(chronicle.all(TreeEvent.ChildStopped.class).size(), gaveUp);
        }
    }
}
