package io.coppice.examples.benchmarks.programs;

import java.util.concurrent.CountDownLatch;

/** A hundred meet by twos at one mall. Savina, without colours. */
final class Chameneos {

    private static final int CREATURES = 100;

    private Chameneos() {}

    static long run(Run run, int messages) throws InterruptedException {
        int meetings = messages / 4;
        var done = new CountDownLatch(1);
        var mall = run.spawn(self -> new Mall(run, meetings, done));
        for (int i = 0; i < CREATURES; i++) {
            run.send(run.spawn(self -> new Chameneo(run, self, mall)), Order.BEGIN);
        }
        done.await();
        return 4L * meetings;
    }

    private static final class Mall implements Peer.Behaviour {
        private static final Object NOBODY = new Object();

        private final Run run;
        private final CountDownLatch done;
        private Object waiting = NOBODY;
        private int left;

        Mall(Run run, int meetings, CountDownLatch done) {
            this.run = run;
            this.left = meetings;
            this.done = done;
        }

        @Override
        public void receive(Object one) {
            if (left == 0) {
                return;
            }
            if (waiting == NOBODY) {
                waiting = one;
                return;
            }
            var first = waiting;
            waiting = NOBODY;
            run.send(first, Order.WORK);
            run.send(one, Order.WORK);
            if (--left == 0) {
                done.countDown();
            }
        }
    }

    private static final class Chameneo implements Peer.Behaviour {
        private final Run run;
        private final Peer.Self self;
        private final Object mall;

        Chameneo(Run run, Peer.Self self, Object mall) {
            this.run = run;
            this.self = self;
            this.mall = mall;
        }

        @Override
        public void receive(Object message) {
            run.send(mall, self.address());
        }
    }
}
