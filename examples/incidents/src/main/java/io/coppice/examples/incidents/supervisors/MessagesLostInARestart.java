package io.coppice.examples.incidents.supervisors;

import static io.coppice.supervision.Backoff.exponential;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofMillis;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.NodeEvent;
import io.coppice.actor.NodeListener;
import io.coppice.actor.NodeOptions;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.supervision.TreeEvent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What is sent to a child while it is being restarted. */
public final class MessagesLostInARestart implements Incident {

    private static final int WAITING = 10;
    private static final int SENT = 100;
    private static final Name<String> CHILD = Name.of("child");

    @Override
    public Story story() {
        return Story.of(
                        "messages-lost-in-a-restart",
                        "A restart loses messages, and nobody is told")
                .from("M3; kameo#335")
                .elsewhere(
                        "When an actor stops, what is in its mailbox may be dropped, and what comes"
                                + " before the next incarnation is up as well. Nothing tells.")
                .here(
                        "What waits in the mailbox is lost with the process, and each is told as a"
                                + " dead letter. What is sent to a name meanwhile is held for the"
                                + " successor, if the name is to hold.");
    }

    private static Facts facts(long handled, long told) {
        return Facts.of("sent during the restart and handled, of 100", handled)
                .and("lost with the process and told, of 10", told);
    }

    @Override
    public Facts right() {
        return facts(SENT, WAITING);
    }

    @Override
    public Elsewhere elsewhere() {
        return Elsewhere.reported(facts(0, 0));
    }

    @Override
    public Facts here() throws InterruptedException {
        var letters = new AtomicInteger();
        var handled = new AtomicInteger();
        var door = new CountDownLatch(1);
        ActorFactory<String> child =
                context ->
                        message -> {
                            if (message.equals("crash")) {
                                Wait.on(door);
                                throw new IllegalStateException("boom");
                            }
                            handled.incrementAndGet();
                        };
        var chronicle = new Chronicle();
        var tree =
                supervisor("sup", ONE_FOR_ONE)
                        .listener(chronicle)
                        .children(
                                worker("child", child)
                                        .name(CHILD)
                                        .holding(SENT)
                                        .backoff(exponential(ofMillis(50), ofMillis(50))));
        NodeListener listener =
                event -> {
                    if (event instanceof NodeEvent.DeadLetter letter
                            && letter.message().equals("waits")) letters.incrementAndGet();
                };
        try (var node = Node.start(NodeOptions.defaults().withListener(listener), tree)) {
            var ref = node.registry().ref(CHILD);
            ref.send("crash");
            for (int i = 0; i < WAITING; i++) ref.send("waits");
            door.countDown();
            chronicle.await(TreeEvent.RestartDelayed.class, 1);
            for (int i = 0; i < SENT; i++) ref.send("meanwhile");
            chronicle.await(TreeEvent.ChildStarted.class, 2);
            Wait.untilQuiet(node);
            Wait.until(() -> letters.get() == WAITING); // What is counted is told right after.
            return facts(handled.get(), letters.get());
        }
    }
}
