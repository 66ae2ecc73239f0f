package io.coppice.examples.incidents.lanes;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Node;
import io.coppice.actor.NodeOptions;
import io.coppice.actor.ReplyTo;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** An actor that keeps itself busy for ever, on a node with one thread. */
public final class FloodStarvesOthers implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "flood-starves-others",
                        "A flood to one actor keeps the others from running")
                .from("R17; up to 1,024 signals in a loop that does not yield")
                .elsewhere(
                        "The loop goes on as long as there is something to handle. If each message"
                                + " brings about another, nobody else's turn ever comes.")
                .here(
                        "A process handles a number of messages and goes to the end of the line."
                                + " Others run in between, on a single thread too.");
    }

    private static Facts facts(boolean served) {
        return Facts.of("another actor is served", served);
    }

    @Override
    public Facts right() {
        return facts(true);
    }

    @Override
    public Elsewhere elsewhere() {
        Queue<String> flood = new ArrayDeque<>(List.of("message"));
        int steps = 0;
        while (!flood.isEmpty() && steps < 1_000_000) { // Patience ends, the flood does not.
            flood.add(flood.remove());
            steps++;
        }
        return Elsewhere.reenacted(facts(flood.isEmpty()));
    }

    @Override
    public Facts here() {
        try (var node = Node.start(NodeOptions.defaults().withWorkers(1))) {
            ActorFactory<String> busy = context -> message -> context.self().send(message);
            var flood = node.start(busy);
            for (int i = 0; i < 100; i++) flood.send("message");
            var other = node.<ReplyTo<Boolean>>start(context -> replyTo -> replyTo.send(true));
            boolean served = Trees.<ReplyTo<Boolean>, Boolean>ask(other, replyTo -> replyTo);
            node.kill(flood.pid());
            return facts(served);
        }
    }
}
