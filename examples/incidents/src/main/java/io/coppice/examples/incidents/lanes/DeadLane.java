package io.coppice.examples.incidents.lanes;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.supervision.TreeEvent;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue per actor, whose handler fails once. */
public final class DeadLane implements Incident {

    private static final int EVENTS = 99;

    @Override
    public Story story() {
        return Story.of(
                        "dead-lane",
                        "A lane that has failed goes on accepting, and nothing comes out")
                .from("R8; rivet: dead lane keeps accepting")
                .elsewhere(
                        "The handler of a lane ends at its first error, and its entry stays in the"
                                + " map. Each send fails in silence, and keeps the lane from being"
                                + " collected.")
                .here(
                        "A lane is a supervised process. Its failure is told, and it is started"
                                + " again under the same name.");
    }

    private static Facts facts(long lost, boolean told) {
        return Facts.of("events lost after a failure, of 99", lost)
                .and("the failure is told", told);
    }

    @Override
    public Facts right() {
        return facts(0, true);
    }

    @Override
    public Elsewhere elsewhere() {
        Map<String, Queue<Integer>> lanes = new HashMap<>();
        lanes.put("actor-1", new ArrayDeque<>());
        boolean handlerRuns = false; // It has failed on the first event.
        for (int event = 0; event < EVENTS; event++) {
            var lane = lanes.computeIfAbsent("actor-1", key -> new ArrayDeque<>());
            lane.add(event); // There is an entry, so all seems well.
        }
        long handled = handlerRuns ? EVENTS : 0;
        return Elsewhere.reenacted(facts(EVENTS - handled, false));
    }

    @Override
    public Facts here() throws InterruptedException {
        var chronicle = new Chronicle();
        var handled = new AtomicInteger();
        Name<String> name = Name.of("actor-1");
        ActorFactory<String> lane =
                context ->
                        event -> {
                            if (event.equals("bad")) throw new IllegalStateException(event);
                            handled.incrementAndGet();
                        };
        var lanes =
                supervisor("lanes", ONE_FOR_ONE)
                        .listener(chronicle)
                        .children(worker("actor-1", lane).name(name));
        try (var node = Node.start(lanes)) {
            var ref = node.registry().ref(name);
            ref.send("bad");
            chronicle.await(TreeEvent.ChildStarted.class, 2);
            for (int event = 0; event < EVENTS; event++) ref.send("good");
            Wait.untilQuiet(node);
            boolean told = !chronicle.all(TreeEvent.ChildExited.class).isEmpty();
            return facts(EVENTS - handled.get(), told);
        }
    }
}
