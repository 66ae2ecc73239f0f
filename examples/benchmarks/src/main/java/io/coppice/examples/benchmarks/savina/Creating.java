package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Order;
import io.coppice.examples.benchmarks.programs.Run;

import java.util.concurrent.CountDownLatch;

/** A fork for each task: an actor that does a little work and is gone. */
final class Creating {

    private static final double ANGLE = 37.2;

    private Creating() {}

    static long run(Run run, int actors) throws InterruptedException {
        var done = new CountDownLatch(actors);
        var parent =
                run.spawn(
                        self ->
                                begin -> {
                                    for (int i = 0; i < actors; i++) {
                                        run.send(
                                                self.spawn(
                                                        me ->
                                                                work -> {
                                                                    compute(done);
                                                                    me.stop();
                                                                }),
                                                Order.WORK);
                                    }
                                });
        run.send(parent, Order.BEGIN);
        done.await();
        return actors;
    }

    private static void compute(CountDownLatch done) {
        double sine = Math.sin(ANGLE);
        if (sine * sine >= 0) { // always, but nobody knows before it is computed
            done.countDown();
        }
    }
}
