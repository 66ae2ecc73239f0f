package io.coppice.examples.incidents.supervisors;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.supervision.Child;
import io.coppice.supervision.TreeEvent;

import java.util.Map;
import java.util.function.Supplier;

/** Children that end by whatever can be thrown. */
public final class PanicInTheLoop implements Incident {

    /** What is thrown, by the message that brings it about. */
    private static final Map<String, Supplier<Throwable>> KINDS =
            Map.of(
                    "runtime exception", () -> new IllegalStateException("boom"),
                    "checked exception", () -> new java.io.IOException("boom"),
                    "interrupt", () -> new InterruptedException("boom"),
                    "assertion", () -> new AssertionError("boom"),
                    "stack overflow", StackOverflowError::new);

    @Override
    public Story story() {
        return Story.of(
                        "panic-in-the-loop",
                        "What a child throws ends the one that should restart it")
                .from("W, gap 8; willow: a panic kills the supervisor loop; L14")
                .elsewhere(
                        "The loop that restarts catches what its author thought of. Of anything"
                                + " else it dies, and nothing is restarted any more.")
                .here(
                        "Whatever a process throws becomes its reason, at one place. Its supervisor"
                                + " is another process, and only hears of it.");
    }

    private static Facts facts(long restarted) {
        return Facts.of("kinds of throwable survived, of 5", restarted);
    }

    @Override
    public Facts right() {
        return facts(KINDS.size());
    }

    @Override
    public Elsewhere elsewhere() {
        long restarted = 0;
        for (var kind : KINDS.values()) {
            try {
                throw kind.get();
            } catch (RuntimeException expected) {
                restarted++;
            } catch (Throwable unexpected) {
                // Up and out of the loop: whoever was supervised by it is so no longer.
            }
        }
        return Elsewhere.reenacted(facts(restarted));
    }

    @Override
    public Facts here() throws InterruptedException {
        var chronicle = new Chronicle();
        var children =
                KINDS.entrySet().stream()
                        .map(kind -> child(kind.getKey(), kind.getValue()))
                        .toArray(Child<?>[]::new);
        var tree =
                supervisor("loop", ONE_FOR_ONE)
                        .restarts(KINDS.size(), ofSeconds(5))
                        .listener(chronicle)
                        .children(children);
        try (var node = Node.start(tree)) {
            for (var kind : KINDS.keySet()) {
                Name<String> name = Name.of(kind);
                node.registry().ref(name).send("throw");
            }
            chronicle.await(TreeEvent.ChildStarted.class, 2 * KINDS.size());
            return facts(KINDS.keySet().stream().mapToLong(chronicle::restarts).sum());
        }
    }

    private static Child<String> child(String kind, Supplier<Throwable> thrown) {
        ActorFactory<String> factory =
                context -> message -> PanicInTheLoop.<RuntimeException>raise(thrown.get());
        return worker(kind, factory).name(Name.of(kind));
    }

    /** Throws it as it is, errors and checked exceptions as well. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
