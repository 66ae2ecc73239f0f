package io.coppice.examples.incidents.supervisors;

import static io.coppice.examples.incidents.stage.Victims.DIES_AT_ONCE;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.process.ExitReason;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.Refusal;
import io.coppice.supervision.Supervisor;

import java.util.HashMap;
import java.util.Map;

/** A child with a name, whose init fails. */
public final class MaskedStartError implements Incident {

    @Override
    public Story story() {
        return Story.of("masked-start-error", "Tidying up after a failed start hides why it failed")
                .from("elixir#10326")
                .elsewhere(
                        "The start fails, then the name is to be given back, which fails as well"
                                + " because it is gone already. The second error is what is told.")
                .here(
                        "The name goes with the process, as a part of its death; nobody tidies up."
                                + " The reason is told as it was thrown.");
    }

    private static Facts facts(String reason, boolean free) {
        return Facts.of("the reason that is told", reason).and("the name is free", free);
    }

    @Override
    public Facts right() {
        return facts("boom", true);
    }

    @Override
    @SuppressWarnings("Finally") // That is the bug.
    public Elsewhere elsewhere() {
        Map<String, String> names = new HashMap<>(Map.of("till", "a child"));
        String told;
        try {
            try {
                names.clear(); // The child is gone, and its name with it.
                throw new IllegalStateException("boom");
            } finally {
                if (names.remove("till") == null) throw new IllegalStateException("no such name");
            }
        } catch (IllegalStateException error) {
            told = String.valueOf(error.getMessage());
        }
        return Elsewhere.reenacted(facts(told, names.isEmpty()));
    }

    @Override
    public Facts here() {
        var till = worker("till", DIES_AT_ONCE).name(Name.of("till"));
        try (var node = Node.start()) {
            var shop = Trees.start(node, supervisor("shop", ONE_FOR_ONE));
            ChildStart<Object> answer =
                    Trees.ask(shop, replyTo -> new Supervisor.Message.StartChild<>(till, replyTo));
            var told =
                    answer
                                    instanceof
                                    ChildStart.Refused<Object>(
                                            Refusal.StartFailed(ExitReason reason))
                            ? reason.toString()
                            : answer.toString();
            return facts(told, node.registry().lookup(Name.of("till")).isEmpty());
        }
    }
}
