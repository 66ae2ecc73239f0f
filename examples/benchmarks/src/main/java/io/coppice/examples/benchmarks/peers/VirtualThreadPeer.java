package io.coppice.examples.benchmarks.peers;

import java.util.concurrent.LinkedTransferQueue;
import java.util.function.Function;

/** A virtual thread and a queue each. */
final class VirtualThreadPeer implements Peer {

    private static final Object END = new Object();

    private static final class Body implements Self, Runnable {
        private final LinkedTransferQueue<Object> queue = new LinkedTransferQueue<>();
        private final Behaviour behaviour;
        private boolean stopped;

        Body(Function<Self, Behaviour> actor) {
            this.behaviour = actor.apply(this);
        }

        @Override
        public void run() {
            try {
                while (!stopped) {
                    var message = queue.take();
                    if (message == END) {
                        return;
                    }
                    behaviour.receive(message);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Object address() {
            return queue;
        }

        @Override
        public Object spawn(Function<Self, Behaviour> actor) {
            return start(actor);
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    private static Object start(Function<Self, Behaviour> actor) {
        var body = new Body(actor);
        Thread.ofVirtual().start(body);
        return body.queue;
    }

    @Override
    public Object spawn(Function<Self, Behaviour> actor) {
        return start(actor);
    }

    @Override
    @SuppressWarnings("unchecked") // every address here is such a queue
    public void send(Object address, Object message) {
        ((LinkedTransferQueue<Object>) address).add(message);
    }

    @Override
    public void close() {}
}
