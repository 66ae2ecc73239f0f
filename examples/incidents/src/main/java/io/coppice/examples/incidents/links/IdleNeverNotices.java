package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.process.ExitReason.SHUTDOWN;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.List;

/** Idle processes that are told to end. */
public final class IdleNeverNotices implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "idle-never-notices",
                        "An idle process on a thread does not notice its stop")
                .from("L19; spawned#167, #168")
                .elsewhere(
                        "A process that has a thread of its own waits for its next message, and"
                                + " looks at the stop flag when that has come. It may not.")
                .here(
                        "A process that waits is woken by what ends it, be it an actor on shared"
                                + " threads or a program on its own.");
    }

    private static Facts facts(long ended) {
        return Facts.of("of two that wait, so many end", ended);
    }

    @Override
    public Facts right() {
        return facts(2);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reported(facts(1));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var actor = node.<Object>start(context -> message -> {});
            var program = node.<Object>start((context, inbox) -> inbox.take());
            long ended = 0;
            for (var idle : List.of(actor, program)) {
                var end = node.ended(idle.pid());
                node.exit(idle.pid(), SHUTDOWN);
                if (Wait.of(end).equals(SHUTDOWN)) ended++;
            }
            return facts(ended);
        }
    }
}
