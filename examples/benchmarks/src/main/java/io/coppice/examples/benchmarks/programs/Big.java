package io.coppice.examples.benchmarks.programs;

import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** 256 actors each send a ping to one by lot, and another when it has been answered. Savina. */
final class Big {

    private static final int ACTORS = 256;

    private Big() {}

    static long run(Run run, int messages) throws InterruptedException {
        int each = messages / 2 / ACTORS;
        var done = new CountDownLatch(ACTORS);
        var all = new Object[ACTORS];
        for (int i = 0; i < all.length; i++) {
            int seed = i;
            all[i] = run.spawn(self -> new Gossip(run, self, all, seed, each, done));
        }
        for (var one : all) {
            run.send(one, Order.BEGIN);
        }
        done.await();
        return 2L * each * ACTORS;
    }

    private record Ping(Object from) {}

    private record Pong() {
        static final Pong PONG = new Pong();
    }

    private static final class Gossip implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object[] all;
        private final SplittableRandom random;
        private final CountDownLatch done;
        private int left;

        Gossip(Run run, Peer.Self self, Object[] all, int seed, int left, CountDownLatch done) {
            this.run = run;
            this.self = self;
            this.all = all;
            this.random = new SplittableRandom(seed);
            this.left = left;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            if (message instanceof Ping ping) {
                run.send(ping.from, Pong.PONG);
            } else if (left-- > 0) {
                run.send(all[random.nextInt(all.length)], new Ping(self.address()));
            } else {
                done.countDown();
            }
        }
    }
}
