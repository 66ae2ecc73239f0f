package io.coppice.examples.incidents.startup;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.examples.incidents.stage.Victims.DIES_AT_ONCE;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.StartFailure;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A dependency that fails in its init. */
public final class GateErrorSwallowed implements Incident {

    @Override
    public Story story() {
        return Story.of("gate-error-swallowed", "The gate breaks, and that counts as open")
                .from("W3; W, gap 1; willow: gate error swallowed")
                .elsewhere(
                        "The drain waits for a flag that State sets. State dies first, the wait"
                            + " fails, the failure is ignored, and the drain starts: into a dead"
                            + " actor.")
                .here(
                        "A child that fails breaks the start of its group: those before it are"
                            + " stopped, no source is opened, and the start fails with the id and"
                            + " the reason.");
    }

    private static Facts facts(boolean opened, String told, String order) {
        return Facts.of("the source is opened", opened)
                .and("what the starter is told", told)
                .and("what happens", order);
    }

    @Override
    public Facts right() {
        return facts(
                false,
                "shutdown: failed to start state: boom",
                "start disk, start network, stop network, stop disk");
    }

    @Override
    public Elsewhere elsewhere() {
        var gate = new CompletableFuture<Boolean>();
        gate.completeExceptionally(new IllegalStateException("state is dead"));
        boolean opened = gate.exceptionally(ignored -> true).join();
        return Elsewhere.reenacted(facts(opened, "nothing", "start disk, start network"));
    }

    @Override
    public Facts here() {
        var opened = new AtomicBoolean();
        var chronicle = new Chronicle();
        var tree =
                supervisor("chat", ONE_FOR_ALL)
                        .listener(chronicle)
                        .children(
                                idle("disk"),
                                worker("network", (Context<Object> it) -> new Network(opened)),
                                worker("state", DIES_AT_ONCE));
        String told = "nothing";
        try (var node = Node.start(tree)) {
            Wait.untilQuiet(node);
        } catch (StartFailure failure) {
            told = failure.reason().toString();
        }
        return facts(opened.get(), told, chronicle.startsAndStops());
    }

    private record Network(AtomicBoolean hasOpened) implements Actor<Object> {
        @Override
        public void opened() {
            hasOpened.set(true);
        }

        @Override
        public void receive(Object message) {}
    }
}
