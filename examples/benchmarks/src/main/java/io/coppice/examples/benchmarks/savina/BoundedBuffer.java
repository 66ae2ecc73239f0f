package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/** Ten make things and ten use them up; a buffer with room for fifty lies between. */
final class BoundedBuffer {

    private static final int EACH_SIDE = 10;
    private static final int ROOM = 50;

    private BoundedBuffer() {}

    /** A thing, or the wish to have one. */
    private record Thing(Object from, int weight) {}

    private record Wish(Object from) {}

    static long run(Run run, int things) {
        int each = things / EACH_SIDE;
        var weight = new CompletableFuture<Long>();
        var buffer = run.spawn(self -> new Buffer(run, EACH_SIDE * each, weight));
        for (int i = 0; i < EACH_SIDE; i++) {
            run.send(buffer, new Wish(run.spawn(self -> new Consumer(run, self, buffer))));
            var producer = run.spawn(self -> new Producer(run, self, buffer, each));
            run.send(producer, Order.BEGIN);
        }
        Savina.require("weight of all things", EACH_SIDE * (each * (each + 1L) / 2), weight.join());
        return (long) EACH_SIDE * each;
    }

    private static final class Buffer implements Peer.Behaviour {
        private final Run run;
        private final CompletableFuture<Long> weight;
        private final ArrayDeque<Thing> things = new ArrayDeque<>();
        private final ArrayDeque<Object> hungry = new ArrayDeque<>();
        private final ArrayDeque<Object> waiting = new ArrayDeque<>();
        private long sum;
        private int left;

        Buffer(Run run, int things, CompletableFuture<Long> weight) {
            this.run = run;
            this.left = things;
            this.weight = weight;
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Thing thing -> put(thing);
                case Wish(var from) when things.isEmpty() -> hungry.add(from);
                case Wish(var from) -> give(from, things.remove());
                default -> throw Savina.unexpected(message);
            }
        }

        private void put(Thing thing) {
            if (hungry.isEmpty()) {
                things.add(thing);
            } else {
                give(hungry.remove(), thing);
            }
            if (things.size() < ROOM) {
                run.send(thing.from, Order.ACK);
            } else {
                waiting.add(thing.from);
            }
        }

        private void give(Object to, Thing thing) {
            sum += thing.weight;
            run.send(to, thing);
            if (!waiting.isEmpty()) {
                run.send(waiting.remove(), Order.ACK);
            }
            if (--left == 0) {
                weight.complete(sum);
            }
        }
    }

    private static final class Producer implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object buffer;
        private int left;

        Producer(Run run, Peer.Self self, Object buffer, int things) {
            this.run = run;
            this.self = self;
            this.buffer = buffer;
            this.left = things;
        }

        @Override
        public void receive(Object go) {
            if (left > 0) {
                run.send(buffer, new Thing(self.address(), left--));
            }
        }
    }

    private record Consumer(Run run, Peer.Self self, Object buffer) implements Peer.Behaviour {
        @Override
        public void receive(Object thing) {
            run.send(buffer, new Wish(self.address()));
        }
    }
}
