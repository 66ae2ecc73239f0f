package io.coppice.examples.incidents.startup;

import static io.coppice.actor.MailboxBound.bounded;

import io.coppice.actor.Fates;
import io.coppice.actor.Node;
import io.coppice.actor.Offer;
import io.coppice.actor.Overflow;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;

/** An actor that sends to one that is slow. */
public final class OverflowFailsTheSender implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "overflow-fails-the-sender",
                        "An actor is restarted because another one is slow")
                .from("W7; actor-ts#919")
                .elsewhere(
                        "tell() is fire and forget, and throws when the mailbox of the receiver is"
                                + " full. The sender has not expected that, and fails.")
                .here(
                        "What becomes of one message too many is for the receiver to say, and drops"
                                + " are counted; a sender who wants to know offers, and gets a"
                                + " value. Only FAIL throws.");
    }

    private static Facts facts(boolean lives, long counted, boolean told) {
        return Facts.of("the sender lives on", lives)
                .and("messages dropped and counted", counted)
                .and("who offers is told", told);
    }

    @Override
    public Facts right() {
        return facts(true, 1, true);
    }

    @Override
    public Elsewhere elsewhere() {
        var mailbox = new ArrayBlockingQueue<String>(1);
        boolean lives = true;
        try {
            mailbox.add("fits");
            mailbox.add("one too many"); // Throws.
        } catch (IllegalStateException full) {
            lives = false; // It came out of the handler of the sender.
        }
        return Elsewhere.reenacted(facts(lives, mailbox.size() - 1, false));
    }

    @Override
    public Facts here() throws InterruptedException {
        var door = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        var options = SpawnOptions.<Object>defaults().withMailbox(bounded(1, Overflow.DROP_NEWEST));
        try (var node = Node.start()) {
            var slow = Puppet.start(node, options);
            slow.tell(
                    context -> {
                        inside.countDown();
                        Wait.on(door);
                    });
            Wait.on(inside);
            var sender = Puppet.start(node);
            var offer =
                    sender.does(
                            context -> {
                                slow.ref().send("fits");
                                slow.ref().send("one too many");
                                return slow.ref().offer("two too many");
                            });
            long counted = node.fates().refused().getOrDefault(Fates.Refused.FULL, 0L) - 1;
            door.countDown();
            return facts(node.isAlive(sender.pid()), counted, offer instanceof Offer.Full);
        }
    }
}
