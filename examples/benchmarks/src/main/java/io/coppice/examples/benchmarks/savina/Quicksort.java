package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Each part that is large enough is sorted by an actor of its own, which splits it again. */
final class Quicksort {

    /** Below that a part is not split. */
    private static final int SMALL = 64;

    private Quicksort() {}

    private record Part(int[] numbers) {}

    private record Sorted(int[] numbers, boolean isLower) {}

    static long run(Run run, int numbers) {
        var done = new CompletableFuture<int[]>();
        var random = new SplittableRandom(1);
        var all = random.ints(numbers).toArray();
        run.meter().start();
        var root = run.spawn(self -> new Sorter(run, self, done::complete));
        run.send(root, new Part(all));
        var sorted = done.join();
        run.meter().stop();
        Arrays.sort(all);
        Savina.require("first that differs", -1, Arrays.mismatch(all, sorted));
        return numbers;
    }

    private static final class Sorter implements Peer.Behaviour {
        private static final int[] NONE = {};

        private final Run run;
        private final Peer.Self self;
        private final Consumer<int[]> done;
        private int[] equal = NONE;
        private int[] lower = NONE;
        private int[] higher = NONE;
        private int parts;

        Sorter(Run run, Peer.Self self, Consumer<int[]> done) {
            this.run = run;
            this.self = self;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Part(var numbers) when numbers.length <= SMALL -> end(sorted(numbers));
                case Part(var numbers) -> split(numbers);
                case Sorted(var numbers, var isLower) -> {
                    if (isLower) {
                        lower = numbers;
                    } else {
                        higher = numbers;
                    }
                    if (--parts == 0) {
                        end(joined());
                    }
                }
                default -> throw Savina.unexpected(message);
            }
        }

        private void split(int[] numbers) {
            int pivot = numbers[numbers.length / 2];
            equal = Arrays.stream(numbers).filter(it -> it == pivot).toArray();
            parts = 2;
            delegate(Arrays.stream(numbers).filter(it -> it < pivot).toArray(), true);
            delegate(Arrays.stream(numbers).filter(it -> it > pivot).toArray(), false);
        }

        private void delegate(int[] numbers, boolean isLower) {
            var parent = self.address();
            var child =
                    self.spawn(
                            other ->
                                    new Sorter(
                                            run,
                                            other,
                                            it -> run.send(parent, new Sorted(it, isLower))));
            run.send(child, new Part(numbers));
        }

        private static int[] sorted(int[] numbers) {
            var copy = numbers.clone();
            Arrays.sort(copy);
            return copy;
        }

        private int[] joined() {
            var all = new int[lower.length + equal.length + higher.length];
            System.arraycopy(lower, 0, all, 0, lower.length);
            System.arraycopy(equal, 0, all, lower.length, equal.length);
            System.arraycopy(higher, 0, all, lower.length + equal.length, higher.length);
            return all;
        }

        private void end(int[] numbers) {
            done.accept(numbers);
            self.stop();
        }
    }
}
