package io.coppice.examples.incidents.shutdown;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ShutdownMode.draining;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ShutdownReport.Drain;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Events that bring about others, when the stop has begun. */
public final class HalfDoneChain implements Incident {

    private static final int EVENTS = 1_000;
    private static final Name<String> FIRST = Name.of("first");
    private static final Name<String> SECOND = Name.of("second");
    private static final Name<String> LAST = Name.of("last");

    @Override
    public Story story() {
        return Story.of("half-done-chain", "A chain of events is cut in the middle by the stop")
                .from("M5; maiko: events emitted during the drain are refused")
                .elsewhere(
                        "One gate for all: as it closes, the events that handlers emit are refused"
                                + " as well. What has begun is never finished.")
                .here(
                        "The gate keeps out what comes from outside. Those within go on sending to"
                                + " each other until nothing is left, or the time is over.");
    }

    private static Facts facts(long halfDone, Drain endless) {
        return Facts.of("chains left half done, of 1,000", halfDone)
                .and("the drain of one who feeds itself for ever", endless);
    }

    @Override
    public Facts right() {
        return facts(0, Drain.CUT_SHORT);
    }

    @Override
    public Elsewhere elsewhere() {
        Queue<String> first = new ArrayDeque<>(Collections.nCopies(EVENTS, "event"));
        Queue<String> second = new ArrayDeque<>();
        boolean isClosing = true; // The stop has begun, and drains.
        for (var event : first) {
            if (!isClosing) second.add(event);
        }
        return Elsewhere.reenacted(facts(first.size() - second.size(), Drain.COMPLETE));
    }

    @Override
    public Facts here() throws InterruptedException {
        return facts(EVENTS - chainsDone(), endless());
    }

    /** The first sends to the second, that to the last; the first is busy until the stop. */
    private static long chainsDone() throws InterruptedException {
        var door = new CountDownLatch(1);
        var done = new AtomicLong();
        ActorFactory<String> first =
                context -> {
                    var second = context.node().registry().ref(SECOND);
                    return event -> {
                        Wait.on(door);
                        second.send(event);
                    };
                };
        ActorFactory<String> second = context -> context.node().registry().ref(LAST)::send;
        ActorFactory<String> last = context -> event -> done.incrementAndGet();
        var tree =
                supervisor("chain", ONE_FOR_ONE)
                        .shutdown(draining(ofSeconds(10)))
                        .children(
                                worker("first", first).name(FIRST),
                                worker("second", second).name(SECOND),
                                worker("last", last).name(LAST));
        try (var node = Node.start(tree)) {
            var ref = node.registry().ref(FIRST);
            for (int event = 0; event < EVENTS; event++) ref.send("event");
            var stopped = node.beginStop(ofSeconds(10));
            door.countDown();
            Wait.of(stopped);
            return done.get();
        }
    }

    private static Drain endless() {
        ActorFactory<String> endless = context -> event -> context.self().send(event);
        var tree =
                supervisor("endless", ONE_FOR_ONE)
                        .shutdown(draining(ofMillis(50)))
                        .children(worker("first", endless).name(FIRST));
        try (var node = Node.start(tree)) {
            node.registry().ref(FIRST).send("event");
            return node.stop(ofSeconds(10)).drain();
        }
    }
}
