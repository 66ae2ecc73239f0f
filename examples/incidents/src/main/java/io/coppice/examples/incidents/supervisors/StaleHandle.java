package io.coppice.examples.incidents.supervisors;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.examples.incidents.stage.Chronicle;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.supervision.TreeEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A handle that was taken before a restart. */
public final class StaleHandle implements Incident {

    @Override
    public Story story() {
        return Story.of("stale-handle", "A handle taken before a restart is half dead, half alive")
                .from("kameo#377")
                .elsewhere(
                        "After a restart a handle sends to the new incarnation, but kills and"
                                + " watches the old one: it is two identities in one.")
                .here(
                        "There are two, and each is whole. A ref to a name finds, at each use, who"
                                + " has it now; a pid is one incarnation and never used again.");
    }

    private static Facts facts(String sent, String killed) {
        return Facts.of("a kill by the old handle ends", killed)
                .and("a message by the old handle reaches", sent);
    }

    @Override
    public Facts right() {
        return facts("incarnation 2", "incarnation 2");
    }

    @Override
    public Elsewhere elsewhere() {
        record Handle(List<String> mailbox, String task) {}
        var old = new Handle(new ArrayList<>(List.of("incarnation 1")), "incarnation 1");
        old.mailbox()
                .set(0, "incarnation 2"); // The restart keeps the mailbox, and makes a new task.
        return Elsewhere.reenacted(facts(String.join("", old.mailbox()), old.task()));
    }

    @Override
    public Facts here() throws InterruptedException {
        var starts = new AtomicInteger();
        Name<ReplyTo<String>> name = Name.of("child");
        ActorFactory<ReplyTo<String>> factory =
                context -> {
                    var me = "incarnation " + starts.incrementAndGet();
                    return replyTo -> replyTo.send(me);
                };
        var chronicle = new Chronicle();
        var tree =
                supervisor("sup", ONE_FOR_ONE)
                        .restarts(2, ofSeconds(5))
                        .listener(chronicle)
                        .children(worker("child", factory).name(name));
        try (var node = Node.start(tree)) {
            var handle = node.registry().ref(name);
            var first = handle.pid();
            node.kill(first);
            chronicle.await(TreeEvent.ChildStarted.class, 2);
            String sent = Trees.ask(handle, replyTo -> replyTo);
            var second = handle.pid();
            var end = node.ended(second);
            node.kill(first); // A pid of the dead: nothing happens.
            node.kill(handle.pid());
            boolean endsSecond = Wait.of(end).equals(KILLED) && !first.equals(second);
            return facts(sent, endsSecond ? sent : "incarnation 1");
        }
    }
}
