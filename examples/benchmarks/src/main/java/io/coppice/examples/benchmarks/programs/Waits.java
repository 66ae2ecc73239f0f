package io.coppice.examples.benchmarks.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What others cost one who is ready to run. */
final class Waits {

    private static final int PAIRS = 8;
    private static final int PINGS = 200;
    private static final int ROUNDS = 10;
    private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SPIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long BETWEEN_PINGS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Waits() {}

    /** Pairs of actors, while nothing else is done. */
    static long free(Run run, int messages) throws InterruptedException {
        return PingPong.run(run, PAIRS, messages);
    }

    /** The same pairs, while there is a handler that blocks for every processor. */
    static long blocked(Run run, int messages) throws InterruptedException {
        var blockers = new Blockers(run);
        run.meter().start();
        long done = PingPong.run(run, PAIRS, messages);
        run.meter().stop();
        blockers.end();
        return done;
    }

    /** A message a millisecond to one who is idle, while handlers block. */
    static long whileBlocked(Run run, int size) throws InterruptedException {
        var blockers = new Blockers(run);
        ping(run);
        blockers.end();
        return PINGS;
    }

    /** A message a millisecond to one who is idle, while pairs are as busy as can be. */
    static long whileBusy(Run run, int size) throws InterruptedException {
        for (int i = 0; i < PAIRS; i++) {
            var ann = run.spawn(self -> message -> run.send(message, self.address()));
            var bob = run.spawn(self -> message -> run.send(message, self.address()));
            run.send(ann, bob);
        }
        ping(run);
        return PINGS;
    }

    private static void ping(Run run) throws InterruptedException {
        var arrived = new CountDownLatch(PINGS);
        var idle = run.spawn(self -> message -> arrive(run, message, arrived));
        long begun = System.nanoTime();
        for (int ping = 0; ping < PINGS; ping++) {
            parkUntil(begun + ping * BETWEEN_PINGS_NANOS);
            run.send(idle, System.nanoTime());
        }
        arrived.await();
    }

    private static void arrive(Run run, Object sentNanos, CountDownLatch arrived) {
        run.meter().took(System.nanoTime() - (long) sentNanos);
        arrived.countDown();
    }

    private static void parkUntil(long dueNanos) {
        for (long left = dueNanos - System.nanoTime(); left > 0; ) {
            LockSupport.parkNanos(left);
            left = dueNanos - System.nanoTime();
        }
    }

    /** One sends to another, and then computes for a while. */
    static long behindLongHandler(Run run, int size) throws InterruptedException {
        var arrived = new CountDownLatch(ROUNDS);
        var other = run.spawn(self -> message -> arrive(run, message, arrived));
        var one =
                run.spawn(
                        self ->
                                message -> {
                                    long now = System.nanoTime();
                                    run.send(other, now);
                                    while (System.nanoTime() - now < SPIN_NANOS) {
                                        Thread.onSpinWait();
                                    }
                                });
        for (int i = 0; i < ROUNDS; i++) {
            run.send(one, Order.WORK);
        }
        arrived.await();
        return ROUNDS;
    }

    /** As many as there are processors, each of them in a handler that blocks, again and again. */
    private static final class Blockers {
        private final CountDownLatch entered;
        private final CountDownLatch left;
        private volatile boolean isOver;

        Blockers(Run run) throws InterruptedException {
            int number = Runtime.getRuntime().availableProcessors();
            this.entered = new CountDownLatch(number);
            this.left = new CountDownLatch(number);
            for (int i = 0; i < number; i++) {
                run.send(run.spawn(self -> message -> block(run, self)), Order.WORK);
            }
            entered.await();
        }

        private void block(Run run, Peer.Self self) {
            entered.countDown();
            if (isOver) {
                left.countDown();
                return;
            }
            parkUntil(System.nanoTime() + BLOCK_NANOS);
            run.send(self.address(), Order.WORK);
        }

        void end() throws InterruptedException {
            isOver = true;
            left.await();
        }
    }
}
