package io.coppice.examples.incidents.startup;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

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

import java.util.concurrent.atomic.AtomicInteger;

/** A dependency that dies and comes back, ten times. */
public final class GateNotRearmed implements Incident {

    private static final int DEATHS = 10;
    private static final int ITEMS = 100;
    private static final Name<Object> STATE = Name.of("state");

    @Override
    public Story story() {
        return Story.of("gate-not-rearmed", "The gate stays open when the one behind it is gone")
                .from("W4; W, gap 3")
                .elsewhere(
                        "The flag is set once and knows of no incarnation. State dies, its"
                            + " successor is in its init, and the drain goes on feeding a mailbox"
                            + " that nobody has.")
                .here(
                        "A group that is restarted passes the barrier again: its sources go with"
                                + " it, and are attached anew when all are up.");
    }

    private static Facts facts(long attached, long early) {
        return Facts.of("times the source is attached, for 11 states", attached)
                .and("items that met no state", early);
    }

    @Override
    public Facts right() {
        return facts(DEATHS + 1, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        boolean gate = true; // Set by the first State.
        long attached = gate ? 1 : 0;
        long early = 0;
        for (int death = 0; death < DEATHS; death++) {
            boolean hasRole = false; // The next one is in its init.
            for (int item = 0; item < ITEMS; item++) {
                if (gate && !hasRole) early++;
            }
        }
        return Elsewhere.reenacted(facts(attached, early));
    }

    @Override
    public Facts here() throws InterruptedException {
        var attached = new AtomicInteger();
        var handled = new AtomicInteger();
        ActorFactory<Object> state =
                context -> {
                    Wait.letOthersRun(100);
                    return item -> handled.incrementAndGet();
                };
        var tree =
                supervisor("chat", ONE_FOR_ALL)
                        .restarts(DEATHS, ofSeconds(5))
                        .children(
                                worker(
                                        "network",
                                        (Context<Object> it) -> new Network(it, attached)),
                                worker("state", state).name(STATE));
        try (var node = Node.start(tree)) {
            for (int open = 1; open <= DEATHS + 1; open++) {
                int items = open * ITEMS;
                Wait.until(() -> handled.get() == items);
                if (open <= DEATHS) node.kill(node.registry().ref(STATE).pid());
            }
            Wait.untilQuiet(node);
            return facts(attached.get(), (long) attached.get() * ITEMS - handled.get());
        }
    }

    private record Network(Context<Object> context, AtomicInteger attached)
            implements Actor<Object> {
        @Override
        public void opened() {
            attached.incrementAndGet();
            var state = context.node().registry().ref(STATE);
            for (int item = 0; item < ITEMS; item++) state.send(item);
        }

        @Override
        public void receive(Object message) {}
    }
}
