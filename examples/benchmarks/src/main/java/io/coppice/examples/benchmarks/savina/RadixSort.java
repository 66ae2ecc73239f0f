package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Numbers go through one sorter for each bit: those without it first, then those with it. */
final class RadixSort {

    private static final int BITS = 16;

    private RadixSort() {}

    static long run(Run run, int messages) {
        int numbers = messages / BITS;
        var sorted = new CompletableFuture<Integer>();
        var next = run.spawn(self -> new Validator(numbers, sorted));
        for (int bit = BITS - 1; bit >= 0; bit--) {
            int mask = 1 << bit;
            var after = next;
            next = run.spawn(self -> new Sorter(run, after, mask, numbers));
        }
        var first = next;
        var source = run.spawn(self -> begin -> send(run, first, numbers));
        run.send(source, Order.BEGIN);
        Savina.require("sorted numbers", numbers, sorted.join());
        return (long) BITS * numbers;
    }

    private static void send(Run run, Object to, int numbers) {
        var random = new SplittableRandom(1);
        for (int i = 0; i < numbers; i++) {
            run.send(to, random.nextInt(1 << BITS));
        }
    }

    private static final class Sorter implements Peer.Behaviour {
        private final Run run;
        private final Object next;
        private final int mask;
        private final int numbers;
        private final int[] kept;
        private int keeps;
        private int seen;

        Sorter(Run run, Object next, int mask, int numbers) {
            this.run = run;
            this.next = next;
            this.mask = mask;
            this.numbers = numbers;
            this.kept = new int[numbers];
        }

        @Override
        public void receive(Object message) {
            int number = (int) message;
            if ((number & mask) == 0) {
                run.send(next, number);
            } else {
                kept[keeps++] = number;
            }
            if (++seen == numbers) {
                for (int i = 0; i < keeps; i++) {
                    run.send(next, kept[i]);
                }
            }
        }
    }

    private static final class Validator implements Peer.Behaviour {
        private final int numbers;
        private final CompletableFuture<Integer> sorted;
        private int seen;
        private int last;

        Validator(int numbers, CompletableFuture<Integer> sorted) {
            this.numbers = numbers;
            this.sorted = sorted;
        }

        @Override
        public void receive(Object message) {
            int number = (int) message;
            if (number < last) {
                sorted.complete(-1);
            }
            last = number;
            if (++seen == numbers) {
                sorted.complete(seen);
            }
        }
    }
}
