package io.coppice.examples.benchmarks.peers;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

import io.coppice.examples.benchmarks.programs.Peer;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Actors of Apache Pekko, typed. */
final class PekkoPeer implements Peer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What the guardian is asked from outside: to start one. */
    private record Birth(Behavior<Object> behavior, CompletableFuture<Object> born) {}

    private final ActorSystem<Birth> system;

    private PekkoPeer(Config config) {
        var guardian = Behaviors.<Birth>setup(context -> guardian(context));
        this.system = ActorSystem.create(guardian, "peer", config);
    }

    private static Behavior<Birth> guardian(ActorContext<Birth> context) {
        return Behaviors.receiveMessage(
                birth -> {
                    birth.born.complete(context.spawnAnonymous(birth.behavior));
                    return Behaviors.same();
                });
    }

    /** With its defaults. */
    static PekkoPeer asItComes() {
        return new PekkoPeer(quiet("").withFallback(ConfigFactory.load()));
    }

    /** With so many threads. */
    static PekkoPeer with(int threads) {
        var pool =
                """
                pekko.actor.default-dispatcher.executor = "fork-join-executor"
                pekko.actor.default-dispatcher.fork-join-executor {
                  parallelism-min = %1$d, parallelism-max = %1$d, parallelism-factor = 1.0
                }
                """
                        .formatted(threads);
        return new PekkoPeer(quiet(pool).withFallback(ConfigFactory.load()));
    }

    private static Config quiet(String more) {
        return ConfigFactory.parseString(
                "pekko.loglevel = OFF, pekko.stdout-loglevel = OFF\n" + more);
    }

    private static final class Body implements Self {
        private final ActorContext<Object> context;
        private final Behaviour behaviour;
        private boolean tied;
        private boolean stopped;

        Body(ActorContext<Object> context, Function<Self, Behaviour> actor) {
            this.context = context;
            this.behaviour = actor.apply(this);
        }

        Behavior<Object> behavior() {
            return tied
                    ? Behaviors.receive((same, message) -> receive(message), Body::onSignal)
                    : Behaviors.receiveMessage(this::receive);
        }

        private Behavior<Object> receive(Object message) {
            behaviour.receive(message);
            return stopped ? Behaviors.stopped() : Behaviors.same();
        }

        // Without this it would end all the same, by an exception that costs more
        private static Behavior<Object> onSignal(ActorContext<Object> context, Object signal) {
            return signal instanceof Terminated ? Behaviors.stopped() : Behaviors.same();
        }

        @Override
        public Object address() {
            return context.getSelf();
        }

        @Override
        public Object spawn(Function<Self, Behaviour> actor) {
            return context.spawnAnonymous(of(actor));
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public void tie(Object other) {
            tied = true;
            context.watch(ref(other));
        }

        @Override
        public void watch(Object other, Object news) {
            context.watchWith(ref(other), news);
        }
    }

    private record Asked(ActorRef<Object> replyTo) implements Question {
        @Override
        public void answer(Object answer) {
            replyTo.tell(answer);
        }
    }

    private static Behavior<Object> of(Function<Self, Behaviour> actor) {
        return Behaviors.setup(context -> new Body(context, actor).behavior());
    }

    @SuppressWarnings("unchecked") // all addresses here are of those who take anything
    private static ActorRef<Object> ref(Object address) {
        return (ActorRef<Object>) address;
    }

    private Object start(Behavior<Object> behavior) {
        var born = new CompletableFuture<Object>();
        system.tell(new Birth(behavior, born));
        return born.join();
    }

    @Override
    public Object spawn(Function<Self, Behaviour> actor) {
        return start(of(actor));
    }

    @Override
    public void send(Object address, Object message) {
        ref(address).tell(message);
    }

    @Override
    public Object call(Object address) {
        return AskPattern.<Object, Object>ask(
                        ref(address), Asked::new, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .join();
    }

    @Override
    public void supervise(Function<Self, Behaviour> actor) {
        start(
                Behaviors.supervise(of(actor))
                        .onFailure(
                                RuntimeException.class,
                                SupervisorStrategy.restart().withLoggingEnabled(false)));
    }

    private record Household(Object parent, CountDownLatch gone) {}

    @Override
    public Object family(int children, Function<Self, Behaviour> actor) {
        var up = new CountDownLatch(children);
        var gone = new CountDownLatch(1);
        var child =
                of(
                        self -> {
                            var behaviour = actor.apply(self);
                            up.countDown();
                            return behaviour;
                        });
        var parent =
                start(
                        Behaviors.setup(
                                context -> {
                                    for (int i = 0; i < children; i++) {
                                        context.spawnAnonymous(child);
                                    }
                                    return Behaviors.receiveMessage(
                                            end -> Behaviors.stopped(gone::countDown));
                                }));
        await(up);
        return new Household(parent, gone);
    }

    @Override
    public void disband(Object family) {
        var household = (Household) family;
        send(household.parent, household);
        await(household.gone);
    }

    @Override
    public void idle(Object[] into, Idle how) {
        var up = new CountDownLatch(into.length);
        var child =
                Behaviors.<Object>setup(
                        context -> {
                            up.countDown();
                            return Behaviors.receiveMessage(message -> Behaviors.same());
                        });
        start(
                Behaviors.setup(
                        context -> {
                            for (int i = 0; i < into.length; i++) {
                                into[i] = context.spawnAnonymous(child);
                            }
                            return Behaviors.receiveMessage(message -> Behaviors.same());
                        }));
        await(up);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
