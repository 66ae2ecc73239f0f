package io.coppice.examples.benchmarks.peers;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Actors of Apache Pekko, typed. */
final class PekkoPeer implements Peer {

    /** What the guardian is asked from outside. */
    private record Birth(Function<Self, Behaviour> actor, CompletableFuture<Object> born) {}

    private final ActorSystem<Birth> system;

    private PekkoPeer(Config config) {
        var guardian = Behaviors.<Birth>setup(context -> new Guardian(context));
        this.system = ActorSystem.create(guardian, "peer", config);
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

    private static final class Guardian extends AbstractBehavior<Birth> {
        Guardian(ActorContext<Birth> context) {
            super(context);
        }

        @Override
        public Receive<Birth> createReceive() {
            return newReceiveBuilder().onAnyMessage(this::bear).build();
        }

        private Behavior<Birth> bear(Birth birth) {
            birth.born.complete(getContext().spawnAnonymous(behavior(birth.actor)));
            return this;
        }
    }

    private static final class Body implements Self {
        private final ActorContext<Object> context;
        private final Behaviour behaviour;
        private boolean stopped;

        Body(ActorContext<Object> context, Function<Self, Behaviour> actor) {
            this.context = context;
            this.behaviour = actor.apply(this);
        }

        Behavior<Object> receive(Object message) {
            behaviour.receive(message);
            return stopped ? Behaviors.stopped() : Behaviors.same();
        }

        @Override
        public Object address() {
            return context.getSelf();
        }

        @Override
        public Object spawn(Function<Self, Behaviour> actor) {
            return context.spawnAnonymous(behavior(actor));
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    private static Behavior<Object> behavior(Function<Self, Behaviour> actor) {
        return Behaviors.setup(
                context -> {
                    var body = new Body(context, actor);
                    return Behaviors.receiveMessage(body::receive);
                });
    }

    @Override
    public Object spawn(Function<Self, Behaviour> actor) {
        var born = new CompletableFuture<Object>();
        system.tell(new Birth(actor, born));
        return born.join();
    }

    @Override
    @SuppressWarnings("unchecked") // all addresses here are of those who take anything
    public void send(Object address, Object message) {
        ((ActorRef<Object>) address).tell(message);
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
