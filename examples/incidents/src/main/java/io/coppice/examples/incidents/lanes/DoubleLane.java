package io.coppice.examples.incidents.lanes;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.supervision.Child;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.Supervisor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The first events of new keys, from many threads at once. */
public final class DoubleLane implements Incident {

    private static final int THREADS = 8;
    private static final int KEYS = 100;

    @Override
    public Story story() {
        return Story.of("double-lane", "Two lanes serve one key, and overtake each other")
                .from("R8, R10; rivet: double lane")
                .elsewhere(
                        "A lane is looked up and, if there is none, made. Two who come at once, or"
                                + " one who comes while the old lane still drains, make two.")
                .here(
                        "Lanes are started by one process, their supervisor, which knows their ids."
                                + " Who comes second is told that there is one.");
    }

    private static Facts facts(long lanes, long lost) {
        return Facts.of("most lanes of one key", lanes).and("first events lost", lost);
    }

    @Override
    public Facts right() {
        return facts(1, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        Map<String, String> lanes = new HashMap<>();
        boolean annSeesOne = lanes.containsKey("key");
        boolean bobSeesOne = lanes.containsKey("key");
        List<String> running = new ArrayList<>();
        if (!annSeesOne) running.add("lane of ann");
        if (!bobSeesOne) running.add("lane of bob");
        running.forEach(lane -> lanes.put("key", lane)); // The second takes the place of the first.
        return Elsewhere.reenacted(facts(running.size(), running.size() - lanes.size()));
    }

    @Override
    public Facts here() throws InterruptedException {
        var started = new ConcurrentHashMap<String, Integer>();
        var handled = new AtomicInteger();
        try (var node = Node.start()) {
            var lanes = Trees.start(node, supervisor("lanes", ONE_FOR_ONE));
            Runnable source =
                    () -> {
                        for (int i = 0; i < KEYS; i++) {
                            var key = "key-" + i;
                            Trees.<Supervisor.Message, ChildStart<String>>ask(
                                    lanes,
                                    replyTo ->
                                            new Supervisor.Message.StartChild<>(
                                                    lane(key, started, handled), replyTo));
                            node.registry().ref(Name.<String>of(key)).send("event");
                        }
                    };
            var threads =
                    Stream.generate(() -> Thread.startVirtualThread(source))
                            .limit(THREADS)
                            .toList();
            for (var thread : threads) thread.join();
            Wait.untilQuiet(node);
            long most = started.values().stream().mapToInt(Integer::intValue).max().orElse(0);
            return facts(most, THREADS * KEYS - handled.get());
        }
    }

    private static Child<String> lane(
            String key, Map<String, Integer> started, AtomicInteger handled) {
        ActorFactory<String> factory =
                context -> {
                    started.merge(key, 1, Integer::sum);
                    return event -> handled.incrementAndGet();
                };
        return worker(key, factory).name(Name.of(key));
    }
}
