package io.coppice.examples.benchmarks.peers;

import io.coppice.examples.benchmarks.programs.Peer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;
import java.util.function.Function;

/**
 * A virtual thread and a queue each. There is nothing to tie, to watch or to keep a family with.
 */
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

        @Override
        public void tie(Object other) {
            throw new UnsupportedOperationException("threads have no links");
        }

        @Override
        public void watch(Object other, Object news) {
            throw new UnsupportedOperationException("threads have no monitors");
        }
    }

    private record Asked(CompletableFuture<Object> answered) implements Question {
        @Override
        public void answer(Object answer) {
            answered.complete(answer);
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
    public Object call(Object address) {
        var asked = new Asked(new CompletableFuture<>());
        send(address, asked);
        return asked.answered.join();
    }

    @Override
    public void supervise(Function<Self, Behaviour> actor) {
        Thread.ofVirtual().start(() -> runUntilDone(actor));
    }

    private static void runUntilDone(Function<Self, Behaviour> actor) {
        try {
            new Body(actor).run();
        } catch (RuntimeException failed) {
            Thread.ofVirtual().start(() -> runUntilDone(actor));
        }
    }

    @Override
    public void idle(Object[] into, Idle how) {
        for (int i = 0; i < into.length; i++) {
            into[i] = start(self -> message -> {});
        }
    }

    @Override
    public void close() {}
}
