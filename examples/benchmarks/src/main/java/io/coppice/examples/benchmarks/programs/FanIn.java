package io.coppice.examples.benchmarks.programs;

import java.util.concurrent.CountDownLatch;

/** Some send to one as fast as they can, or as it acknowledges. */
final class FanIn {

    private FanIn() {}

    private record Work(Object from) {}

    static long run(Run run, int producers, int messages, int window) throws InterruptedException {
        int each = messages / producers;
        var done = new CountDownLatch(1);
        var consumer = run.spawn(self -> new Consumer(run, each * producers, window, done));
        for (int i = 0; i < producers; i++) {
            var one = run.spawn(self -> new Producer(run, self, consumer, each, window));
            run.send(one, Order.BEGIN);
        }
        done.await();
        return (long) each * producers;
    }

    private static final class Consumer implements Peer.Behaviour {
        private final Run run;
        private final boolean answers;
        private final CountDownLatch done;
        private int left;

        Consumer(Run run, int left, int window, CountDownLatch done) {
            this.run = run;
            this.left = left;
            this.answers = window != Integer.MAX_VALUE;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            if (answers) {
                run.send(((Work) message).from, Order.ACK);
            }
            if (--left == 0) {
                done.countDown();
            }
        }
    }

    private static final class Producer implements Peer.Behaviour {

        /** Without a window it sends so many in one go, and then lets others go on. */
        private static final int BURST = 100;

        private final Run run;
        private final Peer.Self self;
        private final Object to;
        private final int window;
        private int left;

        Producer(Run run, Peer.Self self, Object to, int left, int window) {
            this.run = run;
            this.self = self;
            this.to = to;
            this.left = left;
            this.window = window;
        }

        @Override
        public void receive(Object message) {
            boolean isAcknowledged = message == Order.ACK;
            int now = Math.min(left, isAcknowledged ? 1 : Math.min(window, BURST));
            for (int i = 0; i < now; i++) {
                run.send(to, new Work(self.address()));
            }
            left -= now;
            if (window == Integer.MAX_VALUE && left > 0) {
                run.send(self.address(), Order.BEGIN);
            }
        }
    }
}
