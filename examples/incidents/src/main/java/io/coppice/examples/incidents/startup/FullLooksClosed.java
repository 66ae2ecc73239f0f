package io.coppice.examples.incidents.startup;

import static io.coppice.actor.MailboxBound.bounded;
import static io.coppice.examples.incidents.stage.Victims.BOOM;
import static io.coppice.examples.incidents.stage.Victims.IDLE;
import static io.coppice.examples.incidents.stage.Victims.holdsUp;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Name;
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
import io.coppice.process.ExitReason;

import java.util.concurrent.CountDownLatch;

/** Four reasons for which a message is not taken. */
public final class FullLooksClosed implements Incident {

    private static final Name<Object> NOBODY = Name.of("nobody");

    @Override
    public Story story() {
        return Story.of("full-looks-closed", "A full mailbox gives the same error as a closed one")
                .from("W7, M11; W, gap 6; willow: full = closed")
                .elsewhere(
                        "A send that fails says that it has failed. The loop that drains a source"
                                + " takes that for the end, and one burst ends the bridge.")
                .here(
                        "An offer tells what became of it: accepted, full, closed and why, not open"
                                + " yet, or gated since the node stops.");
    }

    private static Facts facts(String full, String closed, String notOpen, String gated) {
        return Facts.of("what a full mailbox answers", full)
                .and("a process that has ended", closed)
                .and("a name that nobody has", notOpen)
                .and("a node that stops", gated);
    }

    @Override
    public Facts right() {
        return facts("Full(1)", "Closed(boom)", "NotOpen", "Gated");
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reported(facts("error", "error", "error", "error"));
    }

    @Override
    public Facts here() throws InterruptedException {
        var door = new CountDownLatch(1);
        try (var node = Node.start()) {
            var busy = Puppet.start(node, tiny());
            var inside = new CountDownLatch(1);
            busy.tell(
                    context -> {
                        inside.countDown();
                        Wait.stubbornlyOn(door);
                    });
            Wait.on(inside);
            busy.ref().send("fits");
            var full = busy.ref().offer("does not");
            var dead = Puppet.start(node);
            node.exit(dead.pid(), BOOM);
            dead.end();
            var closed = dead.ref().offer("too late");
            var notOpen = node.registry().ref(NOBODY).offer("too early");
            return facts(text(full), text(closed), text(notOpen), text(offerWhileItStops()));
        } finally {
            door.countDown();
        }
    }

    private static SpawnOptions<Object> tiny() {
        return SpawnOptions.<Object>defaults().withMailbox(bounded(1, Overflow.FAIL));
    }

    private static Offer offerWhileItStops() throws InterruptedException {
        var door = new CountDownLatch(1);
        try (var node = Node.start(supervisor("root", ONE_FOR_ONE).children(holdsUp(door)))) {
            var ref = node.start(IDLE);
            var stopped = node.beginStop(ofSeconds(10));
            var offer = ref.offer("while it stops");
            door.countDown();
            Wait.of(stopped);
            return offer;
        }
    }

    private static String text(Offer offer) {
        return switch (offer) {
            case Offer.Full(int capacity) -> "Full(" + capacity + ")";
            case Offer.Closed(ExitReason reason) -> "Closed(" + reason + ")";
            default -> offer.getClass().getSimpleName();
        };
    }
}
