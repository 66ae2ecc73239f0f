package io.coppice.examples.incidents.shutdown;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ShutdownMode.draining;
import static io.coppice.supervision.ShutdownMode.patiently;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ShutdownReport;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.supervision.ShutdownMode;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Events that wait in a mailbox when all is stopped. */
public final class UnreadAtTheEnd implements Incident {

    private static final int EVENTS = 50;
    private static final Name<String> BUSY = Name.of("busy");

    @Override
    public Story story() {
        return Story.of("unread-at-the-end", "A stop throws away what waits, and tells nobody")
                .from("M3, M5; maiko: stop discards queued stage-2 events")
                .elsewhere(
                        "An actor that is told to stop leaves its loop. What waits in its channel"
                                + " has been accepted, and is gone.")
                .here(
                        "A tree that is drained handles it first. One that is not drops it, and the"
                                + " report of the stop says how much, and what.");
    }

    private static Facts facts(long untold, long handled) {
        return Facts.of("events lost and not told, of 50", untold)
                .and("events handled, if there is a drain", handled);
    }

    @Override
    public Facts right() {
        return facts(0, EVENTS);
    }

    @Override
    public Elsewhere elsewhere() {
        Queue<String> channel = new ArrayDeque<>(Collections.nCopies(EVENTS, "event"));
        long handled = 0;
        for (boolean stop = true; !stop && !channel.isEmpty(); channel.remove()) handled++;
        return Elsewhere.reenacted(facts(channel.size(), handled));
    }

    @Override
    public Facts here() throws InterruptedException {
        var handled = new AtomicLong();
        stop(draining(ofSeconds(10)), handled);
        long handledInDrain = handled.getAndSet(0);
        var cutOff = stop(patiently(), handled);
        long told = cutOff.letters().stream().filter(it -> it.message().equals("event")).count();
        return facts(EVENTS - handled.get() - told, handledInDrain);
    }

    /** Stops a tree in which events wait. */
    private static ShutdownReport stop(ShutdownMode mode, AtomicLong handled)
            throws InterruptedException {
        var inside = new CountDownLatch(1);
        var door = new CountDownLatch(1);
        ActorFactory<String> busy =
                context ->
                        event -> {
                            inside.countDown();
                            if (event.equals("first")) {
                                door.await();
                            } else {
                                handled.incrementAndGet();
                            }
                        };
        var tree =
                supervisor("root", ONE_FOR_ONE)
                        .shutdown(mode)
                        .children(worker("busy", busy).name(BUSY));
        try (var node = Node.start(tree)) {
            var ref = node.registry().ref(BUSY);
            ref.send("first");
            Wait.on(inside);
            for (int event = 0; event < EVENTS; event++) ref.send("event");
            var stopped = node.beginStop(ofSeconds(10));
            if (mode instanceof ShutdownMode.Draining) door.countDown();
            return Wait.of(stopped);
        }
    }
}
