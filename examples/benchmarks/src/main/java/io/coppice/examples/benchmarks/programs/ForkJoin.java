package io.coppice.examples.benchmarks.programs;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;

/** One from outside sends to sixty. Savina. */
final class ForkJoin {

    private static final int WORKERS = 60;

    private ForkJoin() {}

    static long run(Run run, int messages) throws InterruptedException {
        int each = messages / WORKERS;
        var done = new CountDownLatch(WORKERS);
        var workers = new ArrayList<Object>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(run.spawn(self -> new Worker(each, done)));
        }
        for (int i = 0; i < each; i++) {
            for (var worker : workers) {
                run.send(worker, Order.WORK);
            }
        }
        done.await();
        return (long) WORKERS * each;
    }

    private static final class Worker implements Peer.Behaviour {
        private final CountDownLatch done;
        private int left;
        private double value = 37.2;

        Worker(int left, CountDownLatch done) {
            this.left = left;
            this.done = done;
        }

        @Override
        public void receive(Object message) {
            value = Math.sin(value) * Math.sin(value); // as the suite has it
            if (--left == 0) {
                done.countDown();
            }
        }
    }
}
