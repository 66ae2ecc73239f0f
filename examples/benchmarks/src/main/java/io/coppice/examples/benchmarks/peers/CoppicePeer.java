package io.coppice.examples.benchmarks.peers;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.NodeOptions;
import io.coppice.process.ExitReason;

import java.time.Duration;
import java.util.function.Function;

/** Actors of Coppice. */
final class CoppicePeer implements Peer {

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
    }

    private static ActorFactory<Object> factory(Function<Self, Behaviour> actor) {
        return context -> new Body(context, actor);
    }

    @Override
    public Object spawn(Function<Self, Behaviour> actor) {
        return node.spawn(factory(actor));
    }

    @Override
    @SuppressWarnings("unchecked") // all addresses here are of those who take anything
    public void send(Object address, Object message) {
        ((ActorRef<Object>) address).send(message);
    }

    @Override
    public void close() {
        node.stop(Duration.ZERO);
    }
}
