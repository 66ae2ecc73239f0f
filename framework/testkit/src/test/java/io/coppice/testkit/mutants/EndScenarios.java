package io.coppice.testkit.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.CallFailure;
import io.coppice.actor.CalleeEnded;
import io.coppice.actor.MailboxBound;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Offer;
import io.coppice.actor.Overflow;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.testkit.Probe;
import io.coppice.testkit.Simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Scenarios of {@link AdmissionLaw}: how an end is seen, and what is finished before it. */
final class EndScenarios {

    private static final int MANY = 5;
    private static final Duration LONG = ofSeconds(60);

    private EndScenarios() {}

    private static SpawnOptions<Object> bounded(Overflow overflow) {
        return SpawnOptions.defaults().withMailbox(MailboxBound.bounded(1, overflow));
    }

    /** Takes a second for each message. */
    private static ActorFactory<Object> slow(Node node) {
        return context ->
                message -> {
                    try {
                        node.await(new CompletableFuture<>(), ofSeconds(1));
                    } catch (TimeoutException over) {
                        // the second is over
                    } catch (ExecutionException impossible) {
                        throw new AssertionError(impossible);
                    }
                };
    }

    // The dead

    static void exitsBeforeDowns(Simulation simulation) {
        var node = simulation.node();
        var heard = new ArrayList<Object>();
        ActorFactory<Object> quiet = context -> message -> {};
        var target = node.start(quiet).pid();
        ActorFactory<Object> watching =
                context -> {
                    context.trapExits(Exited::reason);
                    context.monitor(target, down -> down);
                    context.link(target);
                    return heard::add;
                };
        node.start(watching);
        simulation.settle();
        node.kill(target);
        simulation.settle();
        assertThat(heard).hasSize(2).startsWith(ExitReason.KILLED);
        assertThat(heard.getLast()).isInstanceOf(Down.class);
    }

    static void timersEnd(Simulation simulation) {
        var node = simulation.node();
        ActorFactory<Object> setting =
                context -> {
                    context.timers().after(LONG, "late");
                    return message -> {};
                };
        node.kill(node.start(setting).pid());
        simulation.settle();
        assertThat(node.timers()).isZero();
    }

    static void callsFail(Simulation simulation) {
        var node = simulation.node();
        var failures = new ArrayList<Object>();
        ActorFactory<ReplyTo<Object>> mute = context -> replyTo -> {};
        var deaf = node.start(mute);
        ActorFactory<Object> asking =
                context ->
                        message -> {
                            try {
                                deaf.<Object>call(replyTo -> replyTo, LONG);
                            } catch (CallFailure failure) {
                                failures.add(failure.getClass());
                            }
                        };
        node.start(asking).send("ask");
        simulation.settle();
        node.kill(deaf.pid());
        simulation.settle();
        assertThat(failures).containsExactly(CalleeEnded.class);
    }

    static void anyThrowable(Simulation simulation) {
        Probe<Object> probe = simulation.probe("probe");
        var thrown = new StackOverflowError("deep");
        ActorFactory<Object> factory =
                context ->
                        message -> {
                            throw thrown;
                        };
        var ref = simulation.node().start(factory);
        var end = probe.expectingEnd(ref.pid());
        ref.send("throw");
        assertThat(end.get()).isEqualTo(ExitReason.crashed(thrown));
    }

    static void stopIsSeen(Simulation simulation) {
        var heard = new ArrayList<Object>();
        ActorFactory<Object> stopping =
                context ->
                        message -> {
                            heard.add(message);
                            context.stop(ExitReason.NORMAL);
                        };
        var ref = simulation.node().start(stopping);
        for (int i = 0; i < MANY; i++) {
            ref.send(i);
        }
        simulation.settle();
        assertThat(heard).containsExactly(0);
    }

    // Answers to senders

    static void fullIsNotClosed(Simulation simulation) {
        var node = simulation.node();
        var ref = node.start(slow(node), bounded(Overflow.FAIL));
        ref.send("handled");
        simulation.settle();
        assertThat(ref.offer("waits")).isEqualTo(Offer.ACCEPTED);
        assertThat(ref.offer("too many")).isEqualTo(new Offer.Full(1));
        node.kill(ref.pid());
        assertThat(ref.offer("too late")).isEqualTo(new Offer.Closed(ExitReason.KILLED));
    }

    static void overflowSpares(Simulation simulation) {
        var node = simulation.node();
        var full = node.start(slow(node), bounded(Overflow.DROP_NEWEST));
        ActorFactory<Object> sending =
                context ->
                        message -> {
                            for (int i = 0; i < MANY; i++) {
                                full.send(i);
                            }
                        };
        var sender = node.start(sending);
        sender.send("send");
        simulation.settle();
        assertThat(node.isAlive(sender.pid())).isTrue();
    }

    static void nameMoves(Simulation simulation) {
        var node = simulation.node();
        var name = Name.<Object>of("clerk");
        var options = SpawnOptions.<Object>defaults().withName(name);
        var desk = node.registry().ref(name);
        var first = new ArrayList<Object>();
        var second = new ArrayList<Object>();
        ActorFactory<Object> one = context -> first::add;
        ActorFactory<Object> other = context -> second::add;
        var clerk = node.start(one, options);
        desk.send("to the first");
        simulation.settle();
        node.kill(clerk.pid());
        node.start(other, options);
        desk.send("to the second");
        simulation.settle();
        assertThat(first).containsExactly("to the first");
        assertThat(second).containsExactly("to the second");
    }

    // Drains

    /** Has a child that can be drained, and drains it when it is told to. */
    private static ActorRef<Object> parent(
            Node node,
            ActorFactory<Object> child,
            List<ActorRef<Object>> children,
            List<Object> seen) {
        ActorFactory<Object> factory =
                context -> {
                    var ref = context.spawn(child, bounded(Overflow.BLOCK).drainable());
                    children.add(ref);
                    return message -> {
                        if (message.equals("drain")) {
                            context.drain(ref.pid(), () -> "drained");
                            seen.add(ref.offer("from outside"));
                        } else {
                            seen.add(message);
                        }
                    };
                };
        return node.start(factory);
    }

    static void chainsAreFinished(Simulation simulation) {
        var seen = new ArrayList<Object>();
        ActorFactory<Object> chain =
                context ->
                        message -> {
                            seen.add(message);
                            if (!message.equals(MANY)) {
                                context.self().send((Integer) message + 1);
                            }
                        };
        var children = new ArrayList<ActorRef<Object>>();
        var parent = parent(simulation.node(), chain, children, seen);
        children.getFirst().send(1);
        parent.send("drain");
        simulation.settle();
        assertThat(seen).contains(Offer.GATED).endsWith("drained");
        assertThat(seen).filteredOn(Integer.class::isInstance).containsExactly(1, 2, 3, 4, 5);
    }

    static void gateIsLookedAtAgain(Simulation simulation) {
        var node = simulation.node();
        var offers = new ArrayList<Object>();
        var children = new ArrayList<ActorRef<Object>>();
        var parent = parent(node, slow(node), children, new ArrayList<>());
        ActorFactory<Object> sending =
                context ->
                        message -> {
                            for (int i = 0; i < 3; i++) {
                                offers.add(children.getFirst().offer(i, LONG));
                            }
                        };
        node.start(sending).send("send"); // one is handled, one waits, one waits for room
        simulation.settle();
        parent.send("drain");
        simulation.advance(LONG);
        assertThat(offers).containsExactly(Offer.ACCEPTED, Offer.ACCEPTED, Offer.GATED);
    }
}
