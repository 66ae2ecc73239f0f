package io.coppice.examples.kv.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Several threads of which one runs at a time, up to its next operation on the disk; a schedule
 * says which is next. The same schedule gives the same run.
 */
final class Interleaving {

    /** Some operations of one thread in a row. */
    record Burst(int thread, int operations) {}

    private static final class Runner {
        private final Semaphore turn = new Semaphore(0);
        private final Semaphore yielded = new Semaphore(0);
        private volatile boolean ended;
    }

    private final ThreadLocal<Runner> current = new ThreadLocal<>();
    private final List<Runner> runners = new ArrayList<>();

    /** To be called by the threads before each operation. */
    void pause() {
        Runner me = current.get();
        me.yielded.release();
        me.turn.acquireUninterruptibly();
    }

    void add(Runnable script) {
        var runner = new Runner();
        runners.add(runner);
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            current.set(runner);
                            runner.turn.acquireUninterruptibly();
                            try {
                                script.run();
                            } finally {
                                runner.ended = true;
                                runner.yielded.release();
                            }
                        });
    }

    /** Runs all to their ends; when the schedule has come to its end, one after the other. */
    void run(List<Burst> schedule) throws InterruptedException {
        for (var burst : schedule) {
            var runner = runners.get(burst.thread() % runners.size());
            for (int i = 0; i < burst.operations() && !runner.ended; i++) {
                step(runner);
            }
        }
        for (var runner : runners) {
            while (!runner.ended) {
                step(runner);
            }
        }
    }

    private static void step(Runner runner) throws InterruptedException {
        runner.turn.release();
        if (!runner.yielded.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a thread is stuck");
        }
    }
}
