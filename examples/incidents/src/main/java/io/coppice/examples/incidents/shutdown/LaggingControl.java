package io.coppice.examples.incidents.shutdown;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.custom;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/** Orders that come faster than they are taken. */
public final class LaggingControl implements Incident {

    private static final int ORDERS = 10_000;
    private static final int SLOTS = 32;

    @Override
    public Story story() {
        return Story.of("lagging-control", "Orders overtake their receiver and are lost")
                .from("M13; maiko: the command bus is a broadcast of 32 slots, whose lag is fatal")
                .elsewhere(
                        "Orders go through a ring of 32 slots. Who is busy for a moment finds the"
                                + " oldest overwritten, and takes that for the end.")
                .here(
                        "Signals have no bound and nothing drops them: each changes a table or is"
                                + " news in the mailbox, and a kill needs neither.");
    }

    private static Facts facts(long lost, boolean obeyed) {
        return Facts.of("orders lost, of 10,000", lost)
                .and("a kill after them acts at once", obeyed);
    }

    @Override
    public Facts right() {
        return facts(0, true);
    }

    @Override
    public Elsewhere elsewhere() {
        Queue<Integer> ring = new ArrayDeque<>();
        for (int order = 0; order < ORDERS; order++) {
            if (ring.size() == SLOTS) ring.remove();
            ring.add(order);
        }
        return Elsewhere.reenacted(facts(ORDERS - ring.size(), false));
    }

    @Override
    public Facts here() throws InterruptedException {
        var door = new CountDownLatch(1);
        try (var node = Node.start()) {
            var busy = Puppet.start(node).trapping();
            busy.tell(
                    context -> {
                        door.await();
                    });
            for (int order = 0; order < ORDERS; order++) {
                node.exit(busy.pid(), custom(order));
            }
            door.countDown();
            int lost = ORDERS - busy.heard().size();
            for (int order = 0; order < ORDERS; order++) {
                node.exit(busy.pid(), custom(order));
            }
            node.kill(busy.pid());
            return facts(lost, busy.end().equals(KILLED));
        }
    }
}
