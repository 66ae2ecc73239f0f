package io.coppice.examples.incidents.supervisors;

import static io.coppice.examples.incidents.stage.Victims.BOOM;
import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Restart.TEMPORARY;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.process.Pid;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.TreeEvent;

import java.util.Optional;

/** A limit on children, some of which have crashed. */
public final class DriftingCounter implements Incident {

    private static final int CRASHES = 100;
    private static final int MAX = 2;

    @Override
    public Story story() {
        return Story.of("drifting-counter", "A supervisor is full of children that are dead")
                .from("elixir#7655")
                .elsewhere(
                        "The children are counted apart from the set of them. Where one ends and"
                                + " the counter is not told, a place is lost.")
                .here(
                        "What is compared with maxChildren is the size of the set. After a hundred"
                                + " crashes there is room for as many as before.");
    }

    private static Facts facts(long started, boolean isLimited) {
        return Facts.of("children started after 100 crashes, of 2", started)
                .and("a third is refused", isLimited);
    }

    @Override
    public Facts right() {
        return facts(MAX, true);
    }

    @Override
    public Elsewhere elsewhere() {
        int counter = 0;
        for (int crash = 0; crash < CRASHES && counter < MAX; crash++) {
            counter++; // It starts; it crashes, and is taken out of the set only.
        }
        int started = 0;
        for (; counter < MAX; counter++) started++;
        return Elsewhere.reenacted(facts(started, true));
    }

    @Override
    public Facts here() throws InterruptedException {
        var chronicle = new Chronicle();
        var sessions =
                dynamicSupervisor(
                                "sessions",
                                each("session", DriftingCounter::session).restart(TEMPORARY))
                        .maxChildren(MAX)
                        .listener(chronicle);
        try (var node = Node.start()) {
            var ref = node.start(sessions, SpawnOptions.defaults());
            for (int crash = 0; crash < CRASHES; crash++) {
                node.exit(start(ref).orElseThrow(), BOOM);
                chronicle.await(TreeEvent.ChildExited.class, crash + 1);
            }
            long started = 0;
            while (started <= MAX && start(ref).isPresent()) started++;
            return facts(started, started == MAX);
        }
    }

    private static Optional<Pid> start(
            ActorRef<DynamicSupervisor.Message<String, Object>> sessions) {
        ChildStart<Object> answer =
                Trees.ask(
                        sessions,
                        replyTo -> new DynamicSupervisor.Message.StartChild<>("ann", replyTo));
        return answer instanceof ChildStart.Started<Object> it
                ? Optional.of(it.child().pid())
                : Optional.empty();
    }

    private static Actor<Object> session(Context<Object> context, String argument) {
        return message -> {};
    }
}
