package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Victims.BOOM;

import io.coppice.actor.Actor;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reason at the far end of a chain of links. */
public final class FirstCauseLost implements Incident {

    private static final int LENGTH = 100;

    @Override
    public Story story() {
        return Story.of("first-cause-lost", "The last of a chain does not know what happened")
                .from("L6, L9; spawned: a panic in stopped overwrites the reason")
                .elsewhere(
                        "A process ended by a link still runs its stopped callback. If that fails,"
                                + " its failure is what is passed on, and the first cause is gone.")
                .here(
                        "An exit signal runs no code of the one that it ends. The reason goes on"
                                + " unchanged, through a hundred processes and round a ring.");
    }

    private static Facts facts(String reason, long left) {
        return Facts.of("reason at the end of 100 links", reason)
                .and("processes left of a ring of 100", left);
    }

    @Override
    public Facts right() {
        return facts("boom", 0);
    }

    @Override
    public Elsewhere elsewhere() {
        String reason = "boom";
        for (int i = 0; i < LENGTH; i++) {
            try {
                throw new IllegalStateException("in stopped()"); // What its callback does.
            } catch (IllegalStateException failed) {
                reason = "failed " + failed.getMessage();
            }
        }
        return Elsewhere.reenacted(facts(reason, 0));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var chain = chain(node);
            var end = node.ended(chain.getLast());
            node.exit(chain.getFirst(), BOOM);
            var reason = Wait.of(end);
            var ring = chain(node);
            node.<Pid>start(
                    context -> {
                        context.link(ring.getFirst());
                        context.link(ring.getLast());
                        return message -> {};
                    });
            node.exit(ring.get(LENGTH / 2), BOOM);
            Wait.until(() -> node.processes() == 0);
            return facts(reason.toString(), node.processes());
        }
    }

    /** Processes of which each is linked to the next. */
    private static List<Pid> chain(Node node) {
        var chain = new ArrayList<Pid>();
        for (int i = 0; i < LENGTH; i++) {
            var last = chain.isEmpty() ? Optional.<Pid>empty() : Optional.of(chain.getLast());
            chain.add(
                    node.<Object>start(
                                    context -> {
                                        last.ifPresent(context::link);
                                        return new FailsToStop();
                                    })
                            .pid());
        }
        return chain;
    }

    private static final class FailsToStop implements Actor<Object> {
        @Override
        public void receive(Object message) {}

        @Override
        public void stopped(ExitReason reason) {
            throw new IllegalStateException("in stopped()");
        }
    }
}
