package io.coppice.examples.kv.server;

import static io.coppice.examples.kv.server.KvTree.CONNECTIONS;
import static io.coppice.examples.kv.server.KvTree.FRONT;
import static io.coppice.examples.kv.server.KvTree.LISTENER;
import static io.coppice.examples.kv.server.KvTree.STORE;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Answer;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.ReplyTo;
import io.coppice.process.Pid;
import io.coppice.supervision.ChildCount;
import io.coppice.supervision.ChildInfo;
import io.coppice.supervision.ChildStatus;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.Supervisor;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Kills processes of the tree at random, at a steady rate, and measures how long each takes until
 * it answers again. The one process of the tree that it leaves alone is itself, with the root.
 */
final class Chaos implements Actor<Chaos.Message> {

    sealed interface Message {

        /** Kill somebody. */
        record Strike() implements Message {}

        /** Kill nobody any more. */
        record Rest() implements Message {}

        /** The connections that there are; one of them is to die. */
        record Victims(Answer<List<ChildInfo>> connections) implements Message {}

        /** Has the part of a kill come back? */
        record Look(Kill kill) implements Message {}

        /** What it answered. */
        record Seen(Kill kill, Answer<?> answer) implements Message {}
    }

    /** A kill whose victim has not answered since. */
    record Kill(ChaosKind kind, Part<?, ?> part, long atNanos) {}

    /** Something that can be asked whether it serves. */
    record Part<M, R>(Name<M> name, Function<ReplyTo<R>, M> question) {}

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final Context<Message> context;
    private final ChaosLog log;
    private final List<ChaosKind> kinds;
    private final int shards;
    private final Random random = new Random();
    private boolean resting;

    Chaos(
            Context<Message> context,
            ChaosLog log,
            double perSecond,
            Set<ChaosKind> kinds,
            int shards) {
        this.context = context;
        this.log = log;
        this.kinds = List.copyOf(kinds);
        this.shards = shards;
        context.timers().every(Duration.ofNanos((long) (1e9 / perSecond)), new Message.Strike());
    }

    @Override
    public void receive(Message message) {
        switch (message) {
            case Message.Strike() when resting -> {}
            case Message.Strike() -> strike(kinds.get(random.nextInt(kinds.size())));

            case Message.Rest() -> resting = true;

            case Message.Victims(Answer.Received<List<ChildInfo>>(var connections)) ->
                    killOneOf(connections);
            case Message.Victims(var none) -> {}

            case Message.Look(var kill) -> look(kill, kill.part());

            case Message.Seen(var kill, Answer.Received<?> received) ->
                    log.recovered(kill.kind(), System.nanoTime() - kill.atNanos());
            case Message.Seen(var kill, var notYet) ->
                    context.timers().after(LOOK_AGAIN, new Message.Look(kill));
        }
    }

    private void strike(ChaosKind kind) {
        switch (kind) {
            case SHARDS -> {
                int number = random.nextInt(shards);
                kill(kind, new Part<>(Shard.name(number), Shard.Message.Ping::new));
            }
            case LISTENER -> kill(kind, new Part<>(LISTENER, Listener.Message.Ping::new));
            case SUPERVISORS -> kill(kind, supervisors().get(random.nextInt(3)));
            case CONNECTIONS -> askForVictims();
        }
    }

    private static List<Part<?, ?>> supervisors() {
        return List.of(
                new Part<>(STORE, Supervisor.Message.WhichChildren::new),
                new Part<>(FRONT, Supervisor.Message.WhichChildren::new),
                new Part<DynamicSupervisor.Message<Visitor, Connection.Message>, ChildCount>(
                        CONNECTIONS, DynamicSupervisor.Message.CountChildren::new));
    }

    private void kill(ChaosKind kind, Part<?, ?> part) {
        context.node()
                .registry()
                .lookup(part.name())
                .ifPresent(
                        victim -> {
                            long now = System.nanoTime();
                            kill(kind, victim.pid());
                            look(new Kill(kind, part, now), part);
                        });
    }

    private void kill(ChaosKind kind, Pid victim) {
        context.kill(victim);
        log.killed(kind);
    }

    /** Asks the part by name, and so whoever has taken the place of the victim. */
    private <M, R> void look(Kill kill, Part<M, R> part) {
        ActorRef<M> successor = context.node().registry().ref(part.name());
        context.<M, R>request(
                successor,
                part.question()::apply,
                PATIENCE,
                answer -> new Message.Seen(kill, answer));
    }

    private void askForVictims() {
        ActorRef<DynamicSupervisor.Message<Visitor, Connection.Message>> connections =
                context.node().registry().ref(CONNECTIONS);
        context.request(
                connections,
                DynamicSupervisor.Message.WhichChildren::new,
                PATIENCE,
                Message.Victims::new);
    }

    private void killOneOf(List<ChildInfo> connections) {
        if (!connections.isEmpty()) {
            var victim = connections.get(random.nextInt(connections.size()));
            if (victim.status() instanceof ChildStatus.Running(var pid)) {
                kill(ChaosKind.CONNECTIONS, pid);
            }
        }
    }
}
