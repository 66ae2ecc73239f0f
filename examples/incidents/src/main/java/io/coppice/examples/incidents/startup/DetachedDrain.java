package io.coppice.examples.incidents.startup;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.examples.incidents.stage.Trees.pid;
import static io.coppice.examples.incidents.stage.Victims.BOOM;
import static io.coppice.supervision.Child.loop;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.supervision.TreeEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A drain that feeds an actor, when that is restarted and when all is stopped. */
public final class DetachedDrain implements Incident {

    @Override
    public Story story() {
        return Story.of("detached-drain", "A background drain outlives the actor that it feeds")
                .from("W6; W, gap 5")
                .elsewhere(
                        "started() launches the drain as a task of its own: not linked, not"
                            + " supervised, not awaited. After a restart there are two, and after"
                            + " the stop they go on.")
                .here(
                        "A drain is a child as well: a loop. It is stopped with what it feeds, and"
                                + " awaited; two of it never run at once.");
    }

    private static Facts facts(long mostAtOnce, boolean goesOn) {
        return Facts.of("drains that ran at once", mostAtOnce)
                .and("items are pulled after the stop", goesOn);
    }

    @Override
    public Facts right() {
        return facts(1, false);
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> tasks = new ArrayList<>();
        tasks.add("drain of incarnation 1"); // started()
        tasks.add("drain of incarnation 2"); // started(), after a restart.
        // stop() ends the actor. It does not know of the tasks.
        return Elsewhere.reenacted(facts(tasks.size(), !tasks.isEmpty()));
    }

    @Override
    public Facts here() throws InterruptedException {
        var source = new Source();
        var chronicle = new Chronicle();
        var tree =
                supervisor("bridge", REST_FOR_ONE)
                        .restarts(10, ofSeconds(5))
                        .listener(chronicle)
                        .children(idle("state"), loop("drain", node -> source.drain()));
        try (var node = Node.start(tree)) {
            for (int restart = 1; restart <= 10; restart++) {
                node.exit(pid(node, "state"), BOOM);
                chronicle.await(TreeEvent.ChildStarted.class, 2 + 2 * restart);
            }
        }
        long pulled = source.pulled.get();
        Wait.letOthersRun(1_000); // Whoever still wants to pull, can.
        return facts(source.mostAtOnce.get(), source.pulled.get() > pulled);
    }

    private static final class Source {
        private final AtomicLong pulled = new AtomicLong();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();

        void drain() {
            mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
            while (!Thread.interrupted()) {
                pulled.incrementAndGet();
                Wait.letOthersRun(1);
            }
            now.decrementAndGet();
        }
    }
}
