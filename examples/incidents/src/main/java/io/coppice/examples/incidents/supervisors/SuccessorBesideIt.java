package io.coppice.examples.incidents.supervisors;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.ExitReason;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A child that takes its time to tidy up after a crash. */
public final class SuccessorBesideIt implements Incident {

    @Override
    public Story story() {
        return Story.of("successor-beside-it", "A successor starts while its predecessor tidies up")
                .from("kameo#387")
                .elsewhere(
                        "The supervisor is told before the dead one has run its on_stop. The next"
                            + " incarnation starts, and both have their hands on the same file.")
                .here(
                        "stopped() is a part of the life. Those who are linked hear of the death"
                                + " when it has returned, and only then is there a successor.");
    }

    private static Facts facts(String order) {
        boolean beside = order.indexOf("2 starts") < order.indexOf("1 has closed");
        return Facts.of("the predecessor when the successor starts", beside ? "closing" : "closed")
                .and("order of events", order);
    }

    @Override
    public Facts right() {
        return facts("1 starts, 1 closes, 1 has closed, 2 starts");
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> order = new ArrayList<>(List.of("1 starts"));
        Runnable supervisor = () -> order.add("2 starts");
        order.add("1 closes"); // on_stop begins, and waits for something.
        supervisor.run(); // Its links have been told before.
        order.add("1 has closed");
        return Elsewhere.reenacted(facts(String.join(", ", order)));
    }

    @Override
    public Facts here() {
        var order = new CopyOnWriteArrayList<String>();
        var starts = new AtomicInteger();
        Name<Object> file = Name.of("file");
        ActorFactory<Object> factory = context -> new Keeper(starts.incrementAndGet(), order);
        var tree = supervisor("disk", ONE_FOR_ONE).children(worker("file", factory).name(file));
        try (var node = Node.start(tree)) {
            node.registry().ref(file).send("crash");
            Wait.until(() -> order.contains("2 starts"));
            return facts(String.join(", ", order));
        }
    }

    private static final class Keeper implements Actor<Object> {
        private final int number;
        private final List<String> order;

        Keeper(int number, List<String> order) {
            this.number = number;
            this.order = order;
            order.add(number + " starts");
        }

        @Override
        public void receive(Object message) {
            throw new IllegalStateException("boom");
        }

        @Override
        public void stopped(ExitReason reason) {
            order.add(number + " closes");
            Wait.letOthersRun(1_000); // Whoever wants to run now, can.
            order.add(number + " has closed");
        }
    }
}
