package io.coppice.examples.incidents.stage;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.coppice.actor.Node;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waiting for what must happen, and no longer than for it. */
public final class Wait {

    private static final long PATIENCE_SECONDS = 10;

    private Wait() {}

    /** The value of {@code future}. */
    public static <T> T of(Future<T> future) throws InterruptedException {
        try {
            return future.get(PATIENCE_SECONDS, SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("it did not happen within 10 s", late);
        }
    }

    /** Until {@code latch} is open. */
    public static void on(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, SECONDS)) {
            throw new IllegalStateException("it did not happen within 10 s");
        }
    }

    /** Until {@code latch} is open, whatever interrupts: the way of a handler gone astray. */
    public static void stubbornlyOn(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException ignored) {
                // That is the point.
            }
        }
    }

    /** The next element of {@code queue}. */
    public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(PATIENCE_SECONDS, SECONDS);
        if (element == null) {
            throw new IllegalStateException("nothing came within 10 s");
        }
        return element;
    }

    /** Until something is so that nobody tells of. */
    public static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("it did not become so within 10 s");
            }
            letOthersRun(1);
        }
    }

    /** Gives up the processor so many times: whoever wants to run, can. Proves nothing alone. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it.
    public static void letOthersRun(int times) {
        for (int i = 0; i < times; i++) Thread.yield();
    }

    /**
     * Until every message of {@code node} has met its fate: what has not come by now never will.
     */
    public static void untilQuiet(Node node) {
        until(() -> node.fates().isBalanced());
    }
}
