package io.coppice.examples.incidents.shutdown;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.process.Exited;

import java.util.ArrayList;
import java.util.List;

/** A stop in which the first to be stopped fails. */
public final class FirstErrorEndsTheStop implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "first-error-ends-the-stop",
                        "The first that fails at the end keeps the others from being stopped")
                .from("M; maiko: join stops at the first error")
                .elsewhere(
                        "All are joined in a row, and the row ends at the first error. The others"
                                + " are not waited for.")
                .here(
                        "How a child ends is told to the listeners, and changes nothing for its"
                                + " siblings.");
    }

    private static Facts facts(String order) {
        return Facts.of("what happens when c fails", order);
    }

    @Override
    public Facts right() {
        return facts("stop c, stop b, stop a");
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> order = new ArrayList<>();
        try {
            for (var actor : List.of("c", "b", "a")) {
                order.add("stop " + actor);
                if (actor.equals("c")) throw new IllegalStateException("error of " + actor);
            }
        } catch (IllegalStateException first) {
            // It is what join returns.
        }
        return Elsewhere.reenacted(facts(String.join(", ", order)));
    }

    @Override
    public Facts here() {
        var chronicle = new Chronicle();
        ActorFactory<Exited> fails =
                context -> {
                    context.trapExits(exited -> exited);
                    return exited -> {
                        throw new IllegalStateException("error of c");
                    };
                };
        var tree =
                supervisor("all", ONE_FOR_ONE)
                        .children(idle("a"), idle("b"), worker("c", fails))
                        .listener(chronicle);
        var node = Node.start(tree);
        chronicle.clear();
        node.close();
        return facts(chronicle.startsAndStops());
    }
}
