package io.coppice.examples.benchmarks.programs;

import java.util.concurrent.CountDownLatch;

/** How fast death travels. Making the actors does not count. */
final class Ties {

    private Ties() {}

    /** Each is tied to the one before it; the first fails, and the last is waited for. */
    static long chain(Run run, int links) throws InterruptedException {
        var tied = new CountDownLatch(links);
        var all =
                run.spawnAll(
                        links + 1,
                        (i, before) ->
                                self -> {
                                    if (i > 0) {
                                        self.tie(before[i - 1]);
                                        tied.countDown();
                                    }
                                    return Ties::fail;
                                });
        tied.await();
        failFirst(run, all, all[links]);
        return links;
    }

    /** All are tied to the first; it fails, and the ends of all others are waited for. */
    static long star(Run run, int leaves) throws InterruptedException {
        var tied = new CountDownLatch(leaves);
        var all =
                run.spawnAll(
                        leaves + 1,
                        (i, before) ->
                                self -> {
                                    if (i > 0) {
                                        self.tie(before[0]);
                                        tied.countDown();
                                    }
                                    return Ties::fail;
                                });
        tied.await();
        var others = new Object[leaves];
        System.arraycopy(all, 1, others, 0, leaves);
        failFirst(run, all, others);
        return leaves;
    }

    private static void fail(Object message) {
        throw Failure.QUIET;
    }

    private static void failFirst(Run run, Object[] all, Object... watched)
            throws InterruptedException {
        var over = watch(run, watched);
        run.meter().start();
        run.send(all[0], Order.WORK);
        over.await();
        run.meter().stop();
    }

    /** One watches all others, which are told to end. */
    static long monitors(Run run, int number) throws InterruptedException {
        var all = run.spawnAll(number, (i, before) -> self -> message -> self.stop());
        var over = watch(run, all);
        run.meter().start();
        for (var one : all) {
            run.send(one, Order.WORK);
        }
        over.await();
        run.meter().stop();
        return number;
    }

    /** Opens when all who are watched have ended. */
    private static CountDownLatch watch(Run run, Object[] watched) throws InterruptedException {
        var ready = new CountDownLatch(1);
        var over = new CountDownLatch(watched.length);
        run.spawn(
                self -> {
                    for (var one : watched) {
                        self.watch(one, Order.ACK);
                    }
                    ready.countDown();
                    return news -> over.countDown();
                });
        ready.await();
        return over;
    }
}
