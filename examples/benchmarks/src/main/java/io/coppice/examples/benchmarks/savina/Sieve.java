package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Numbers go through a chain of filters; each knows some primes, and starts the next when full. */
final class Sieve {

    private static final int PRIMES_EACH = 250;
    private static final int LAST = -1;
    private static final int OVER = -2;

    private Sieve() {}

    static long run(Run run, int numbers) {
        int limit = Math.min(numbers, 1_000_000);
        long done = 0;
        while (done + limit <= numbers) { // of a million each, as the chain grows without end
            once(run, limit);
            done += limit;
        }
        return done;
    }

    private static void once(Run run, int limit) {
        var found = new CompletableFuture<Integer>();
        var first = run.spawn(self -> new Filter(run, self, Optional.empty(), 0, found));
        var source =
                run.spawn(
                        self ->
                                begin -> {
                                    for (int number = 2; number <= limit; number++) {
                                        run.send(first, number);
                                    }
                                    run.send(first, LAST);
                                });
        run.send(source, LAST);
        Savina.require("primes up to " + limit, primes(limit), found.join());
    }

    private static int primes(int limit) {
        var composite = new BitSet(limit + 1);
        int primes = 0;
        for (int number = 2; number <= limit; number++) {
            if (!composite.get(number)) {
                primes++;
                for (long multiple = 2L * number; multiple <= limit; multiple += number) {
                    composite.set((int) multiple);
                }
            }
        }
        return primes;
    }

    private static final class Filter implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Optional<Object> previous;
        private final int before;
        private final CompletableFuture<Integer> found;
        private final int[] primes = new int[PRIMES_EACH];
        private int known;
        private Object next = this; // until there is one

        Filter(
                Run run,
                Peer.Self self,
                Optional<Object> previous,
                int before,
                CompletableFuture<Integer> found) {
            this.run = run;
            this.self = self;
            this.previous = previous;
            this.before = before;
            this.found = found;
        }

        @Override
        public void receive(Object message) {
            int number = (int) message;
            if (number == LAST) {
                end();
            } else if (number == OVER) {
                leave();
            } else if (!isDivisible(number)) {
                keepOrPass(number);
            }
        }

        private void end() {
            if (next == this) {
                found.complete(before + known);
                leave();
            } else {
                run.send(next, LAST);
            }
        }

        // From the end to the start, as some runtimes end all children with their parent
        private void leave() {
            previous.ifPresent(it -> run.send(it, OVER));
            self.stop();
        }

        private boolean isDivisible(int number) {
            for (int i = 0; i < known && primes[i] <= number / primes[i]; i++) {
                if (number % primes[i] == 0) {
                    return true;
                }
            }
            return false;
        }

        private void keepOrPass(int number) {
            if (known < PRIMES_EACH) {
                primes[known++] = number;
                return;
            }
            if (next == this) {
                int upToHere = before + known;
                var me = Optional.of(self.address());
                next = self.spawn(other -> new Filter(run, other, me, upToHere, found));
            }
            run.send(next, number);
        }
    }
}
