package io.coppice.examples.incidents.shutdown;

import static io.coppice.actor.MailboxBound.bounded;
import static io.coppice.examples.incidents.stage.Victims.holdsUp;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Node;
import io.coppice.actor.Offer;
import io.coppice.actor.Overflow;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A sender that waits for room while a stop begins. */
public final class SlipsInWhileClosing implements Incident {

    @Override
    public Story story() {
        return Story.of("slips-in-while-closing", "A sender slips in when the gate is closed")
                .from("M1, M2; maiko: no gate, then a gate that is looked at once")
                .elsewhere(
                        "Whether all is closing is asked before the wait for room. The stop begins"
                                + " meanwhile; then there is room, and the event goes in behind"
                                + " the drain.")
                .here(
                        "The gate and the count of what is in are one word. Who waits for room asks"
                                + " again when it wakes, and is told: gated.");
    }

    private static Facts facts(String waiter, String late) {
        return Facts.of("one who waited for room is told", waiter)
                .and("one who comes after the stop began", late);
    }

    @Override
    public Facts right() {
        return facts("Gated", "Gated");
    }

    @Override
    public Elsewhere elsewhere() {
        var mailbox = new ArrayBlockingQueue<String>(1);
        mailbox.add("first");
        boolean isClosing = false;
        boolean mayPass = !isClosing; // The sender asks, and waits for room.
        isClosing = true; // The stop begins,
        mailbox.clear(); // and drains.
        boolean slipsIn = mayPass && mailbox.offer("second");
        return Elsewhere.reenacted(
                facts(slipsIn ? "Accepted" : "Gated", isClosing ? "Gated" : "Accepted"));
    }

    @Override
    public Facts here() throws InterruptedException {
        var door = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        ActorFactory<String> busy =
                context ->
                        message -> {
                            inside.countDown();
                            Wait.stubbornlyOn(door);
                        };
        var options = SpawnOptions.<String>defaults().withMailbox(bounded(1, Overflow.BLOCK));
        try (var node = Node.start(supervisor("root", ONE_FOR_ONE).children(holdsUp(door)))) {
            var ref = node.start(busy, options);
            ref.send("at hand");
            Wait.on(inside);
            ref.send("fills the mailbox");
            var waiter = new CompletableFuture<Offer>();
            Thread.startVirtualThread(() -> waiter.complete(ref.offer("waits", ofSeconds(10))));
            var stopped = node.beginStop(ofSeconds(10));
            var told = Wait.of(waiter);
            var late = ref.offer("late");
            door.countDown();
            Wait.of(stopped);
            return facts(told.getClass().getSimpleName(), late.getClass().getSimpleName());
        } finally {
            door.countDown();
        }
    }
}
