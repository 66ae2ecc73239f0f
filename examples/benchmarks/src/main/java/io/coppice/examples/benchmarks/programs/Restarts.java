package io.coppice.examples.benchmarks.programs;

import java.util.concurrent.CountDownLatch;

/** One fails, is made anew, says so, and is told to fail again. */
final class Restarts {

    private Restarts() {}

    static long withTrace(Run run, int restarts) throws InterruptedException {
        return run(run, restarts, true);
    }

    static long withoutTrace(Run run, int restarts) throws InterruptedException {
        return run(run, restarts, false);
    }

    private static long run(Run run, int restarts, boolean hasTrace) throws InterruptedException {
        var done = new CountDownLatch(1);
        var driver = run.spawn(self -> new Driver(run, restarts, done));
        run.peer()
                .supervise(
                        self -> {
                            run.send(driver, self.address());
                            return order -> {
                                if (order == Order.END) {
                                    self.stop();
                                } else {
                                    throw hasTrace ? Failure.withTrace() : Failure.QUIET;
                                }
                            };
                        });
        done.await();
        return restarts;
    }

    private static final class Driver implements Peer.Behaviour {
        private final Run run;
        private final CountDownLatch done;
        private int left;

        Driver(Run run, int restarts, CountDownLatch done) {
            this.run = run;
            this.left = restarts;
            this.done = done;
        }

        @Override
        public void receive(Object reborn) {
            if (left-- > 0) {
                run.send(reborn, Order.WORK);
            } else {
                run.send(reborn, Order.END);
                done.countDown();
            }
        }
    }
}
