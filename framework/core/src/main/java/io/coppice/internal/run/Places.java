package io.coppice.internal.run;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Who works: as many workers as there are places, and one alone if that is as much.
 *
 * <p>A worker whose task does not come back loses its place to another thread, and waits for one
 * when the task has come back after all.
 */
final class Places {

    /** How many threads may be stuck in handlers, besides those in their places. */
    static final int MOST_STUCK = 4_096;

    private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long SPARE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Workers workers;
    private final LocalNode node;

    /**
     * Never changed: another takes its place. To go through a list would allocate for each look.
     */
    private volatile Worker[] placed = {};

    private volatile Worker[] stuck = {};

    /**
     * Workers whose task came back when their place was taken. Guarded by itself, with all moves.
     */
    private final Deque<Worker> spare = new ArrayDeque<>();

    /** The only one to work, or null if all are to. */
    private volatile @Nullable Worker lead;

    // Guarded by the spare ones.
    private int threads;
    private long saidStuckNanos; // 0 before

    Places(Workers workers, LocalNode node) {
        this.workers = workers;
        this.node = node;
    }

    void make(int number) {
        synchronized (spare) {
            for (int i = 0; i < number; i++) {
                if (fillPlace() == null) {
                    throw new IllegalStateException("workers: no thread can be made for them");
                }
            }
        }
    }

    /** Those in their places, at this moment; not to be written to. */
    Worker[] placed() {
        return placed;
    }

    /** Those whose tasks have not come back, at this moment; not to be written to. */
    Worker[] stuck() {
        return stuck;
    }

    private static Worker[] with(Worker[] workers, Worker more) {
        var all = Arrays.copyOf(workers, workers.length + 1);
        all[workers.length] = more;
        return all;
    }

    private static Worker[] without(Worker[] workers, Worker one) {
        return Arrays.stream(workers).filter(it -> it != one).toArray(Worker[]::new);
    }

    /** No more waiting for a place, and nobody is left out: each would look after its own work. */
    void close() {
        lead = null;
        synchronized (spare) {
            Arrays.stream(placed).forEach(Worker::unpark);
            spare.forEach(Worker::unpark);
        }
    }

    // One worker alone

    @Nullable Worker lead() {
        return lead;
    }

    /** Whether {@code worker} is to leave the work to another. */
    boolean isLeftOut(Worker worker) {
        var only = lead;
        return only != null && only != worker && !workers.isClosed();
    }

    boolean isHuddled() {
        return lead != null;
    }

    /** From now on one worker alone does all work. */
    void huddle() {
        synchronized (spare) {
            for (var worker : placed) {
                if (!worker.parked.get()) {
                    lead = worker;
                    return;
                }
            }
        }
    }

    /**
     * {@code worker} does not come back for now: if it works alone, one that sleeps does so
     * instead, as soon as there is work; or all, if none sleeps.
     */
    void relieve(Worker worker) {
        synchronized (spare) {
            if (lead == worker) {
                lead = sleeperBeside(worker);
            }
        }
    }

    private @Nullable Worker sleeperBeside(Worker worker) {
        for (var other : placed) {
            if (other != worker && other.parked.get()) {
                return other;
            }
        }
        return null;
    }

    /** All work again. */
    void spread() {
        lead = null;
    }

    // Workers that are stuck

    /**
     * The task of {@code worker} does not come back soon: another thread takes its place, alone if
     * that one worked alone.
     *
     * @return false if none can be had: as many as may be are stuck
     */
    boolean replace(Worker worker) {
        synchronized (spare) {
            if (worker.detached || workers.isClosed()) {
                return true;
            }
            if (stuck.length >= MOST_STUCK) {
                sayThatAllAreStuck();
                return false;
            }
            var placedBefore = placed;
            var stuckBefore = stuck;
            var others = without(placed, worker); // there may be no room for it
            var more = with(stuck, worker);
            worker.detached = true;
            stuck = more; // first: whoever looks for it finds it in one of the two
            placed = others;
            // Last: who was woken and then lost its place leaves its task to the one that comes.
            var next = fillPlace();
            if (next == null) {
                lead = null;
                placed = placedBefore;
                stuck = stuckBefore;
                worker.detached = false;
                sayThatAllAreStuck();
                return false;
            }
            if (lead == worker) {
                lead = next;
            }
        }
        worker.unpark(); // it may have ended its task and found nothing to do meanwhile
        workers.wakeOne(); // whoever came may have found that another works alone, and slept
        workers.shareAllOf(worker);
        return true;
    }

    /** From here on handlers that block keep others from running. */
    private void sayThatAllAreStuck() {
        long now = System.nanoTime();
        if (saidStuckNanos == 0 || now - saidStuckNanos > SAY_EVERY_NANOS) {
            saidStuckNanos = now;
            Reports.allStuck(stuck.length);
        }
    }

    /**
     * @return who has come, or null if no thread can be made
     */
    private @Nullable Worker fillPlace() {
        var before = placed;
        try {
            var waiting = spare.peekFirst();
            if (waiting == null) {
                return startInPlace(Worker.make(workers, this, node, ++threads));
            }
            placed = with(before, waiting);
            spare.removeFirst();
            waiting.detached = false;
            waiting.unpark();
            return waiting;
        } catch (OutOfMemoryError noThread) {
            placed = before;
            return null;
        }
    }

    private Worker startInPlace(Worker made) {
        placed = with(placed, made);
        made.start();
        return made;
    }

    /**
     * The task of a detached worker has come back: waits for a place.
     *
     * @return false if there was none for a while, and its thread is to end
     */
    boolean awaitPlace(Worker worker) {
        workers.shareAllOf(worker);
        synchronized (spare) {
            if (!worker.detached) {
                return true; // nobody could take its place
            }
            stuck = without(stuck, worker);
            spare.addFirst(worker);
        }
        long until = System.nanoTime() + SPARE_NANOS;
        while (worker.detached && !workers.isClosed()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return !leaveSpares(worker);
            }
            LockSupport.parkNanos(this, left);
        }
        leaveSpares(worker);
        worker.detached = false; // also when the node closes: it may have to do what is left
        return true;
    }

    /**
     * @return false if it has been given a place meanwhile
     */
    private boolean leaveSpares(Worker worker) {
        synchronized (spare) {
            return spare.remove(worker);
        }
    }
}
