package io.coppice.examples.incidents.shutdown;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.stream.Collectors.joining;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ShutdownReport;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.concurrent.CountDownLatch;

/** A stop with a child that does not listen. */
public final class StuckAtTheEnd implements Incident {

    private static final Name<Object> STUCK = Name.of("stuck");

    @Override
    public Story story() {
        return Story.of(
                        "stuck-at-the-end",
                        "One child that does not listen holds up the stop for ever")
                .from("M6, W, gap 10; maiko: no deadline, and no kill after it")
                .elsewhere(
                        "stop() joins every actor, however long that takes. Nothing tells which one"
                                + " it is waiting for.")
                .here(
                        "Each child has its time, then it is killed, ignored interrupts or not. Who"
                                + " was late is told; the others are stopped in order.");
    }

    private static Facts facts(boolean ends, String late, String order) {
        return Facts.of("the stop ends", ends)
                .and("who was late", late)
                .and("what was stopped", order);
    }

    @Override
    public Facts right() {
        return facts(true, "stuck", "stop c, stop stuck, stop a");
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reported(facts(false, "nobody knows", "stop c"));
    }

    @Override
    public Facts here() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var door = new CountDownLatch(1);
        var chronicle = new Chronicle();
        ActorFactory<Object> deaf =
                context -> {
                    context.trapExits(exited -> exited);
                    return message -> {
                        inside.countDown();
                        Wait.stubbornlyOn(door);
                    };
                };
        var tree =
                supervisor("all", ONE_FOR_ONE)
                        .listener(chronicle)
                        .children(
                                idle("a"),
                                worker("stuck", deaf).name(STUCK).shutdown(within(ofMillis(50))),
                                idle("c"));
        try (var node = Node.start(tree)) {
            node.registry().ref(STUCK).send("work");
            Wait.on(inside);
            chronicle.clear();
            var report = node.stop(ofSeconds(10));
            return facts(true, late(report), chronicle.startsAndStops());
        } finally {
            door.countDown();
        }
    }

    private static String late(ShutdownReport report) {
        return report.late().stream()
                .map(stopped -> stopped.process().label())
                .collect(joining(", "));
    }
}
