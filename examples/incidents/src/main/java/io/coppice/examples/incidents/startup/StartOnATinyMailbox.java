package io.coppice.examples.incidents.startup;

import static io.coppice.actor.MailboxBound.bounded;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A mailbox for one message, which is full before its owner has started. */
public final class StartOnATinyMailbox implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "start-on-a-tiny-mailbox",
                        "A start waits for room that only the start can make")
                .from("kameo#84")
                .elsewhere(
                        "That the start is over is told through the mailbox. If that is full by"
                                + " then, both wait for each other.")
                .here("News of the system does not need room; a bound is for messages only.");
    }

    private static Facts facts(boolean starts, long handled) {
        return Facts.of("the start comes to its end", starts).and("messages handled", handled);
    }

    @Override
    public Facts right() {
        return facts(true, 1);
    }

    @Override
    public Elsewhere elsewhere() {
        var mailbox = new ArrayBlockingQueue<String>(1);
        mailbox.add("message");
        boolean starts = mailbox.offer("started"); // Blocks, if it waits for room.
        return Elsewhere.reenacted(facts(starts, 0));
    }

    @Override
    public Facts here() throws InterruptedException {
        var door = new CountDownLatch(1);
        var handled = new AtomicInteger();
        ActorFactory<String> slow =
                context -> {
                    Wait.on(door);
                    return message -> handled.incrementAndGet();
                };
        var options = SpawnOptions.<String>defaults().withMailbox(bounded(1, Overflow.BLOCK));
        try (var node = Node.start()) {
            var ref = node.spawn(slow, options);
            boolean fits = ref.offer("message").isAccepted();
            boolean isFull = ref.offer("one too many") instanceof Offer.Full;
            door.countDown();
            Wait.untilQuiet(node);
            boolean starts = fits && isFull && node.isAlive(ref.pid());
            return facts(starts, handled.get());
        }
    }
}
