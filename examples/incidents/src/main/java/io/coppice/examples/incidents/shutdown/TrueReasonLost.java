package io.coppice.examples.incidents.shutdown;

import static io.coppice.process.ExitReason.NO_PROCESS;
import static io.coppice.process.ExitReason.custom;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Restart.TEMPORARY;
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
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.Outcome;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.TreeEvent;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.Stream;

/** A child that ends by itself at the moment at which it is to be stopped. */
public final class TrueReasonLost implements Incident {

    private static final int ROUNDS = 500;

    @Override
    public Story story() {
        return Story.of(
                        "true-reason-lost",
                        "A child that ends while it is being stopped is told as \"no process\"")
                .from("M8; otp#5193")
                .elsewhere(
                        "The supervisor takes back the link, with the exit that waits for it, and"
                            + " then makes a monitor. That one comes too late, and finds nobody.")
                .here(
                        "What is known by the link is used before what the monitor answers. In 500"
                                + " races each end is told once, with its true reason.");
    }

    private static Facts facts(long nobody, boolean once) {
        return Facts.of("ends told as \"no process\"", nobody).and("each end is told once", once);
    }

    @Override
    public Facts right() {
        return facts(0, true);
    }

    @Override
    public Elsewhere elsewhere() {
        Queue<String> mailbox = new ArrayDeque<>();
        boolean isAlive = false;
        mailbox.add("exit: own reason"); // The child ends.
        mailbox.clear(); // Unlink and flush.
        mailbox.add(isAlive ? "down: shutdown" : "down: no process"); // Monitor.
        long nobody = mailbox.stream().filter("down: no process"::equals).count();
        return Elsewhere.reenacted(facts(nobody, mailbox.size() == 1));
    }

    @Override
    public Facts here() {
        var chronicle = new Chronicle();
        ActorFactory<Object> factory =
                context ->
                        message -> {
                            throw context.stop(custom("own reason"));
                        };
        var child = worker("child", factory).name(Name.of("child")).restart(TEMPORARY);
        try (var node = Node.start()) {
            var sup = Trees.start(node, supervisor("sup", ONE_FOR_ONE).listener(chronicle));
            for (int round = 0; round < ROUNDS; round++) {
                ChildStart<Object> started =
                        Trees.ask(
                                sup,
                                replyTo -> new Supervisor.Message.StartChild<>(child, replyTo));
                ((ChildStart.Started<Object>) started).child().send("end");
                Trees.<Supervisor.Message, Outcome>ask(
                        sup, replyTo -> new Supervisor.Message.TerminateChild("child", replyTo));
            }
            return told(chronicle);
        }
    }

    private static Facts told(Chronicle chronicle) {
        var reasons =
                Stream.concat(
                                chronicle.all(TreeEvent.ChildExited.class).stream()
                                        .map(TreeEvent.ChildExited::reason),
                                chronicle.all(TreeEvent.ChildStopped.class).stream()
                                        .map(TreeEvent.ChildStopped::reason))
                        .toList();
        long nobody = reasons.stream().filter(NO_PROCESS::equals).count();
        return facts(nobody, reasons.size() == ROUNDS);
    }
}
