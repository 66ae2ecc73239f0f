package io.coppice.examples.incidents.startup;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.concurrent.atomic.AtomicLong;

/** A source that is full when its reader starts, before the one for whom it is. */
public final class SourceBeforeItsDependency implements Incident {

    private static final int ITEMS = 10_000;
    private static final Name<Integer> STATE = Name.of("state");

    @Override
    public Story story() {
        return Story.of(
                        "source-before-its-dependency",
                        "A source is drained before those are up for whom it is")
                .from("W2; a chat worker: Network drains, State has not started")
                .elsewhere(
                        "Actors are started one after the other, and Network attaches its streams"
                                + " as it starts. What was buffered meets no State.")
                .here(
                        "Sources are attached in opened(), which nobody in a tree runs before all"
                                + " of it has initialised.");
    }

    private static Facts facts(long lost) {
        return Facts.of("items that met no state, of 10,000", lost);
    }

    @Override
    public Facts right() {
        return facts(0);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reenacted(facts(ITEMS - handled(EagerNetwork::new)));
    }

    @Override
    public Facts here() {
        return facts(ITEMS - handled(Network::new));
    }

    /** The same tree for both: the reader first, then one whose init takes its time. */
    private static long handled(ActorFactory<Object> network) {
        var handled = new AtomicLong();
        ActorFactory<Integer> state =
                context -> {
                    Wait.letOthersRun(1_000);
                    return item -> handled.incrementAndGet();
                };
        var tree =
                supervisor("chat", ONE_FOR_ALL)
                        .children(worker("network", network), worker("state", state).name(STATE));
        try (var node = Node.start(tree)) {
            Wait.untilQuiet(node);
            return handled.get();
        }
    }

    private static void drain(Node node) {
        var state = node.registry().ref(STATE);
        for (int item = 0; item < ITEMS; item++) state.send(item);
    }

    /** Attaches its source in its init: the bug, on Coppice. */
    private static final class EagerNetwork implements Actor<Object> {
        EagerNetwork(Context<Object> context) {
            drain(context.node());
        }

        @Override
        public void receive(Object message) {}
    }

    private static final class Network implements Actor<Object> {
        private final Context<Object> context;

        Network(Context<Object> context) {
            this.context = context;
        }

        @Override
        public void opened() {
            drain(context.node());
        }

        @Override
        public void receive(Object message) {}
    }
}
