package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** Twenty read and, one time in ten, write what one keeps, and wait for each answer. */
final class Dictionary {

    private static final int WORKERS = 20;
    private static final int KEYS = 4_096;
    private static final int WRITE_PERCENT = 10;

    private Dictionary() {}

    private record Read(int key, Object from) {}

    private record Write(int key, int value, Object from) {}

    private record Value(int key, int value) {}

    static long run(Run run, int requests) throws InterruptedException {
        int each = requests / WORKERS;
        var done = new CountDownLatch(WORKERS);
        var dictionary = run.spawn(self -> new Keeper(run));
        for (int i = 0; i < WORKERS; i++) {
            int seed = i;
            var one = run.spawn(self -> new Worker(run, self, dictionary, seed, each, done));
            run.send(one, Order.BEGIN);
        }
        done.await();
        return (long) WORKERS * each;
    }

    private static final class Keeper implements Peer.Behaviour {
        private final Run run;
        private final HashMap<Integer, Integer> values = new HashMap<>();

        Keeper(Run run) {
            this.run = run;
        }

        @Override
        public void receive(Object message) {
            switch (message) {
                case Read(var key, var from) ->
                        run.send(from, new Value(key, values.getOrDefault(key, key)));
                case Write(var key, var value, var from) -> {
                    values.put(key, value);
                    run.send(from, new Value(key, value));
                }
                default -> throw Savina.unexpected(message);
            }
        }
    }

    private static final class Worker implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object dictionary;
        private final SplittableRandom random;
        private final CountDownLatch done;
        private int left;

        Worker(
                Run run,
                Peer.Self self,
                Object dictionary,
                int seed,
                int requests,
                CountDownLatch done) {
            this.run = run;
            this.self = self;
            this.dictionary = dictionary;
            this.random = new SplittableRandom(seed);
            this.left = requests;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            if (message instanceof Value(var key, var value)) {
                Savina.require("value modulo keys", key, value % KEYS); // as all write it
            }
            if (left-- == 0) {
                done.countDown();
                return;
            }
            int key = random.nextInt(KEYS);
            run.send(
                    dictionary,
                    random.nextInt(100) < WRITE_PERCENT
                            ? new Write(key, key + KEYS * random.nextInt(100), self.address())
                            : new Read(key, self.address()));
        }
    }
}
