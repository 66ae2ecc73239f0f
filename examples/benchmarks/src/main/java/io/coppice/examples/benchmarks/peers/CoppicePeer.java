package io.coppice.examples.benchmarks.peers;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.NodeOptions;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.process.ExitReason;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.ChildTemplate;
import io.coppice.supervision.DynamicSupervisor;
import io.coppice.supervision.Restart;
import io.coppice.supervision.Supervisor;

import java.time.Duration;
import java.util.function.Function;

/** Actors of Coppice. */
final class CoppicePeer implements Peer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ActorFactory<Object> IDLE_ACTOR = context -> message -> {};
    private static final Program<Object> IDLE_PROGRAM = (context, inbox) -> inbox.take();

    private final Node node;

    CoppicePeer(NodeOptions options) {
        this.node = Node.start(options);
    }

    private static final class Body implements Actor<Object>, Self {
        private final Context<Object> context;
        private final Behaviour behaviour;

        Body(Context<Object> context, Function<Self, Behaviour> actor) {
            this.context = context;
            this.behaviour = actor.apply(this);
        }

        @Override
        public void receive(Object message) {
            behaviour.receive(message);
        }

        @Override
        public Object address() {
            return context.self();
        }

        @Override
        public Object spawn(Function<Self, Behaviour> actor) {
            return context.spawn(factory(actor));
        }

        @Override
        public void stop() {
            throw context.stop(ExitReason.NORMAL);
        }

        @Override
        public void tie(Object other) {
            context.link(ref(other).pid());
        }

        @Override
        public void watch(Object other, Object news) {
            context.monitor(ref(other).pid(), down -> news);
        }
    }

    private record Asked(ReplyTo<Object> replyTo) implements Question {
        @Override
        public void answer(Object answer) {
            replyTo.send(answer);
        }
    }

    private static ActorFactory<Object> factory(Function<Self, Behaviour> actor) {
        return context -> new Body(context, actor);
    }

    @SuppressWarnings("unchecked") // all addresses here are of those who take anything
    private static ActorRef<Object> ref(Object address) {
        return (ActorRef<Object>) address;
    }

    @Override
    public Object spawn(Function<Self, Behaviour> actor) {
        return node.spawn(factory(actor));
    }

    @Override
    public void send(Object address, Object message) {
        ref(address).send(message);
    }

    @Override
    public Object call(Object address) {
        return ref(address).call(Asked::new, PATIENCE);
    }

    @Override
    public void supervise(Function<Self, Behaviour> actor) {
        var tree =
                supervisor("restarts", ONE_FOR_ONE)
                        .restarts(Integer.MAX_VALUE, Duration.ofSeconds(1))
                        .children(worker("child", factory(actor)).restart(Restart.TRANSIENT));
        node.start(tree, SpawnOptions.defaults());
    }

    @Override
    public Object family(int children, Function<Self, Behaviour> actor) {
        var specs = new ChildSpec<?>[children];
        for (int i = 0; i < children; i++) {
            specs[i] = worker("child-" + i, factory(actor));
        }
        var tree = supervisor("family", ONE_FOR_ONE).children(specs);
        return node.start(tree, SpawnOptions.<Supervisor.Message>defaults().withoutInitDeadline());
    }

    @Override
    @SuppressWarnings("unchecked") // a family is that of a supervisor
    public void disband(Object family) {
        var tree = (ActorRef<Supervisor.Message>) family;
        var ended = node.ended(tree.pid());
        tree.send(new Supervisor.Message.Stop(ExitReason.SHUTDOWN));
        ended.join();
    }

    @Override
    public void idle(Object[] into, Idle how) {
        var children =
                dynamicSupervisor(
                        "pool",
                        ChildTemplate.<Object, Object>each(
                                "child", (context, argument) -> message -> {}));
        var pool = node.start(children, SpawnOptions.defaults());
        for (int i = 0; i < into.length; i++) {
            into[i] =
                    switch (how) {
                        case ACTOR -> node.start(IDLE_ACTOR);
                        case SUPERVISED -> startChild(pool);
                        case THREAD -> node.spawn(IDLE_PROGRAM);
                    };
        }
    }

    private static Object startChild(ActorRef<DynamicSupervisor.Message<Object, Object>> pool) {
        var start =
                pool.<ChildStart<Object>>call(
                        replyTo -> new DynamicSupervisor.Message.StartChild<>(PATIENCE, replyTo),
                        PATIENCE);
        return ((ChildStart.Started<Object>) start).child();
    }

    @Override
    public void close() {
        node.stop(Duration.ZERO);
    }
}
