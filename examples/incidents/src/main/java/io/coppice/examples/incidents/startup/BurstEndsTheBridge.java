package io.coppice.examples.incidents.startup;

import static io.coppice.actor.MailboxBound.bounded;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Node;
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

/** A burst that is a hundred times as large as the mailbox. */
public final class BurstEndsTheBridge implements Incident {

    private static final int BURST = 10_000;
    private static final int CAPACITY = 100;

    @Override
    public Story story() {
        return Story.of("burst-ends-the-bridge", "One burst, and nothing is forwarded any more")
                .from("W7; W, gap 6")
                .elsewhere(
                        "The drain stops at the first error of a send. When the mailbox was given a"
                                + " bound, one burst that fills it was enough.")
                .here(
                        "A sender to a mailbox that is to BLOCK waits until there is room. The"
                                + " source is slowed down, and all arrives.");
    }

    private static Facts facts(long delivered) {
        return Facts.of("delivered, of a burst of 10,000", delivered);
    }

    @Override
    public Facts right() {
        return facts(BURST);
    }

    @Override
    public Elsewhere elsewhere() {
        var mailbox = new ArrayBlockingQueue<Integer>(CAPACITY);
        int item = 0;
        while (item < BURST && mailbox.offer(item)) item++; // An error: that must be the end.
        return Elsewhere.reenacted(facts(mailbox.size()));
    }

    @Override
    public Facts here() throws InterruptedException {
        var delivered = new AtomicInteger();
        var door = new CountDownLatch(1);
        ActorFactory<Integer> state =
                context ->
                        item -> {
                            Wait.on(door);
                            delivered.incrementAndGet();
                        };
        var options =
                SpawnOptions.<Integer>defaults().withMailbox(bounded(CAPACITY, Overflow.BLOCK));
        try (var node = Node.start()) {
            var ref = node.start(state, options);
            var next = new AtomicInteger();
            while (ref.offer(next.get()).isAccepted()) next.incrementAndGet(); // Until it is full.
            var source =
                    Thread.startVirtualThread(
                            () -> {
                                while (next.getAndIncrement() < BURST) ref.send(0);
                            });
            door.countDown();
            source.join();
            Wait.untilQuiet(node);
            return facts(delivered.get());
        }
    }
}
