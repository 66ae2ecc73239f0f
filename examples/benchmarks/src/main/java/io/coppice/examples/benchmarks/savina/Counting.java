package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.concurrent.CompletableFuture;

/** One tells another to count, again and again, and then asks how far it has come. */
final class Counting {

    private Counting() {}

    static long run(Run run, int messages) {
        var counted = new CompletableFuture<Integer>();
        var counter = run.spawn(self -> new Counter(counted));
        var producer =
                run.spawn(
                        self ->
                                begin -> {
                                    for (int i = 0; i < messages; i++) {
                                        run.send(counter, Order.WORK);
                                    }
                                    run.send(counter, Order.ACK);
                                });
        run.send(producer, Order.BEGIN);
        Savina.require("count", messages, counted.join());
        return messages;
    }

    private static final class Counter implements Peer.Behaviour {
        private final CompletableFuture<Integer> counted;
        private int count;

        Counter(CompletableFuture<Integer> counted) {
            this.counted = counted;
        }

        @Override
        public void receive(Object message) {
            if (message == Order.ACK) {
                counted.complete(count);
            } else {
                count++;
            }
        }
    }
}
