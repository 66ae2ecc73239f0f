package io.coppice.examples.benchmarks.programs;

import java.util.concurrent.CountDownLatch;

/** Actors are started until so many are alive. Ending them does not count. */
final class Spawning {

    private Spawning() {}

    static long run(Run run, int actors) throws InterruptedException {
        var made = new CountDownLatch(actors);
        var ended = new CountDownLatch(actors);
        var all =
                run.spawnAll(
                        actors,
                        (i, before) ->
                                self -> {
                                    made.countDown();
                                    return end -> {
                                        ended.countDown();
                                        self.stop();
                                    };
                                });
        made.await();
        run.meter().stop();
        for (var one : all) {
            run.send(one, Order.END);
        }
        ended.await();
        return actors;
    }
}
