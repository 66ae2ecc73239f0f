package io.coppice.examples.incidents.links;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.util.stream.Collectors.joining;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Fates;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A stuck child that is given up, and writes beside its successor when it wakes. */
public final class TwoWriters implements Incident {

    private static final Name<Object> WRITER = Name.of("writer");

    @Override
    public Story story() {
        return Story.of(
                        "two-writers",
                        "An abandoned child wakes up and writes beside its successor")
                .from("L13; Quasar: a stuck child is abandoned and replaced")
                .elsewhere(
                        "The child does not stop in time, so it is left alone and another one is"
                                + " started. When it wakes up both write.")
                .here(
                        "The killed one is fenced: what it sends when it wakes up is dropped and"
                                + " counted. Its successor is the only writer.");
    }

    private static Facts facts(String written, long dropped) {
        return Facts.of("what is written", written).and("writes dropped and counted", dropped);
    }

    @Override
    public Facts right() {
        return facts("new, new", 2);
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> journal = new ArrayList<>();
        Runnable abandoned = () -> journal.addAll(List.of("old", "old"));
        Runnable successor = () -> journal.addAll(List.of("new", "new"));
        successor.run(); // Started when the first had been given up.
        abandoned.run(); // It wakes up.
        return Elsewhere.reenacted(facts(String.join(", ", journal), 0));
    }

    @Override
    public Facts here() throws InterruptedException {
        var door = new CountDownLatch(1);
        var stuck = new CountDownLatch(1);
        var rose = new CompletableFuture<Boolean>();
        var incarnations = new AtomicInteger();
        try (var node = Node.start()) {
            var journal = Puppet.start(node);
            ActorFactory<Object> writer =
                    context ->
                            incarnations.incrementAndGet() == 1
                                    ? message -> {
                                        stuck.countDown();
                                        Wait.stubbornlyOn(door);
                                        write(journal.ref(), "old");
                                        rose.complete(true);
                                    }
                                    : message -> write(journal.ref(), "new");
            var writerRef = node.registry().ref(WRITER);
            var store =
                    supervisor("store", ONE_FOR_ONE)
                            .children(worker("writer", writer).name(WRITER));
            node.start(store, SpawnOptions.defaults());
            writerRef.send("write");
            Wait.on(stuck);
            var old = writerRef.pid();
            node.kill(old);
            Wait.until(() -> node.registry().lookup(WRITER).isPresent());
            writerRef.send("write");
            door.countDown();
            Wait.of(rose);
            Wait.untilQuiet(node);
            var written = journal.heard().stream().map(Object::toString).collect(joining(", "));
            return facts(
                    written, node.fates().dropped().getOrDefault(Fates.Dropped.SENDER_ENDED, 0L));
        } finally {
            door.countDown();
        }
    }

    private static void write(ActorRef<Object> journal, String what) {
        journal.send(what);
        journal.send(what);
    }
}
