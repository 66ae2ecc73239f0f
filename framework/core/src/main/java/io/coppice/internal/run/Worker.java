package io.coppice.internal.run;

import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that runs tasks.
 *
 * <p>A task made ready by the running one goes into the <em>next slot</em> and runs next, on the
 * same core and with warm caches; whatever it pushes out of the slot waits in the ring. When a
 * handler does not come back, others take both, so nothing is stranded behind it; then the worker
 * is {@link #detached} and another thread takes its place.
 */
abstract sealed class Worker extends Thread {

    /**
     * How many tasks in a row may come from the next slot, so that two cannot keep out the rest.
     */
    private static final int SLOT_RUNS = 16;

    /**
     * How often the shared queue is looked at first, so that busy workers cannot keep it waiting.
     */
    private static final int SHARED_TURN = 61;

    /**
     * How many rounds are run before their loop is left. So many that it is left too seldom for
     * {@link #run} to be compiled in the first minutes, and few enough for old code not to matter.
     */
    private static final int ROUNDS = 1_024;

    /** After so many beginnings and ends of tasks a worker sits down at a new desk. */
    private static final int TURNS_AT_DESK = 2_048;

    private static final VarHandle TURNS;

    static {
        try {
            var lookup = MethodHandles.lookup();
            TURNS = lookup.findVarHandle(Worker.class, "turns", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Written by itself, between two tasks. */
    private volatile Desk desk;

    final Ring ring = Ring.make();

    /** Another thread has taken this worker's place: it is to leave when its task comes back. */
    volatile boolean detached;

    /** Whether it waits for work. Set by itself, cleared by whoever wakes it, or by itself. */
    final AtomicBoolean parked = new AtomicBoolean();

    /** Whether its tasks have been short of late. Set by the watch. */
    volatile boolean isBrisk;

    // For the watch only.
    long turnsSeen = -1;
    long yieldsSeen;
    int ticksStuck;
    long cpuSeen;

    private final Workers workers;
    private final Places places;

    private final Coalescing coalescing = new Coalescing();

    private int slotRuns;

    /** What was handed to it while it waited. Nobody else comes past that: it is run first. */
    private @Nullable Task given;

    /** Odd while a task runs. */
    private long turns;

    private Worker(Workers workers, Places places, LocalNode node, int number) {
        super("coppice-worker-" + number);
        this.workers = workers;
        this.places = places;
        this.desk = Desk.make(node, node.tallies.take());
        setDaemon(true);
    }

    static Worker make(Workers workers, Places places, LocalNode node, int number) {
        return new Padded(workers, places, node, number);
    }

    @Override
    public void run() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = work();
        }
    }

    /**
     * Some rounds of tasks, and not all there are. When HotSpot takes back what it has compiled, a
     * frame that is in it goes on in old code, or in the interpreter at a tenth of the speed, and
     * what it calls may be left to the interpreter for good. So this is left and called again; and
     * if {@link #run}, which never is, gets into such code one day, these loops are long enough for
     * HotSpot to replace them in mid-run.
     *
     * <p>Tasks run in here and in no further call: whoever fails in one pays for each frame in its
     * stack trace.
     *
     * @return false if its thread is to end
     */
    private boolean work() {
        for (int round = 0; round < ROUNDS; round++) {
            try {
                boolean mayWork = true;
                int left = SHARED_TURN;
                var task = given;
                given = null;
                for (; left > 0; left--) {
                    if (task == null) {
                        mayWork = !detached && !places.isLeftOut(this);
                        task = mayWork ? nextTask(left == SHARED_TURN) : null;
                    }
                    if (task == null) {
                        break;
                    }
                    TURNS.setRelease(this, turns + 1);
                    try {
                        task.run();
                    } catch (Throwable thrown) {
                        Reports.escaped(task, thrown);
                    } finally {
                        TURNS.setRelease(this, turns + 1);
                    }
                    task = null;
                    tidyUp();
                }
                boolean hasNone = mayWork && left > 0;
                if (!(hasNone ? rests() : stays())) {
                    return false;
                }
            } catch (OutOfMemoryError noRoom) {
                // Between two tasks, or to tell of what has escaped from one: the next may have it.
            }
        }
        return true;
    }

    private void tidyUp() {
        if (isInterrupted()) {
            Thread.interrupted(); // left over by a handler
        }
        if (turns % TURNS_AT_DESK == 0) {
            sitDownAnew();
        }
    }

    /**
     * There may be more to do: waits for its place, if another has taken that, and for its turn, if
     * another works alone.
     *
     * @return false if its thread is to end
     */
    private boolean stays() {
        if (detached && !places.awaitPlace(this)) {
            desk.node.tallies.leave(desk.tally);
            return false;
        }
        if (places.isLeftOut(this)) {
            workers.shareAllOf(this);
            given = workers.park(this); // all may work again by now
        } else {
            lingers();
        }
        return true;
    }

    /**
     * There is nothing to do: waits for something.
     *
     * @return false if its thread is to end
     */
    private boolean rests() {
        if (workers.isClosed()) {
            return false; // with nothing left undone: the dead have their mailboxes emptied
        }
        if (!lingers()) {
            given = workers.park(this);
        }
        return true;
    }

    /**
     * Fed from outside by few messages a turn, it lets more of them come before it goes on. It
     * gives way meanwhile: whoever sends them may wait for a processor. A worker that has been fed
     * otherwise within some ten milliseconds does not.
     *
     * @return whether it has
     */
    private boolean lingers() {
        var tally = desk.tally;
        if (!coalescing.look(turns / 2, tally.handledSoFar())) {
            return false;
        }
        long begun = System.nanoTime();
        if (!tally.isFedFromOutside(begun)) {
            return false;
        }
        coalescing.pauses();
        do {
            Thread.yield();
        } while (System.nanoTime() - begun < Coalescing.PAUSE_NANOS);
        return true;
    }

    /** For the worker itself, between two tasks. */
    void sitDownAnew() {
        try {
            desk = desk.renewed();
        } catch (OutOfMemoryError noDesk) {
            // An old one is as good, only slower.
        }
    }

    /** Not even busy workers keep the shared queue waiting: it is looked at first in a round. */
    private @Nullable Task nextTask(boolean isFirst) {
        var task = isFirst ? workers.shared(null) : null;
        return task != null ? task : findTask();
    }

    /** For the worker itself: what to run next. */
    @Nullable Task findTask() {
        var task = takeSlot();
        if (task != null) {
            return task;
        }
        slotRuns = 0;
        task = ring.poll();
        return task != null ? task : workers.shared(this);
    }

    private @Nullable Task takeSlot() {
        var next = desk.takeNext();
        if (next == null) {
            return null;
        }
        if (++slotRuns > SLOT_RUNS) {
            slotRuns = 0;
            enqueue(next);
            return null;
        }
        return next;
    }

    /** For the worker itself: runs {@code task} next, unless something is put before it. */
    void runNext(Task task) {
        if (detached) {
            workers.share(task);
            return;
        }
        var pushedOut = desk.putNext(task);
        if (pushedOut != null) {
            enqueue(pushedOut);
        }
    }

    /** For the worker itself: runs {@code task} after what waits already. */
    void enqueue(Task task) {
        if (detached || !ring.offer(task)) {
            workers.share(task);
            return;
        }
        workers.enqueued(this);
    }

    /** For others: takes what waits here, in the order in which it would have run. */
    @Nullable Task rob() {
        var next = desk.rob();
        return next != null ? next : ring.poll();
    }

    /** For others: how many tasks have been begun and ended; odd while one runs. */
    long turns() {
        return (long) TURNS.getAcquire(this);
    }

    /** Where it sits now. Others may find one that it has just left, with nothing on it. */
    Desk desk() {
        return desk;
    }

    /** For others: wakes it, if it waits for work. */
    void unpark() {
        LockSupport.unpark(this);
    }

    /** See {@link Padding}; before it there is room in every thread. */
    @SuppressWarnings("unused")
    private static final class Padded extends Worker {
        private long p0, p1, p2, p3, p4, p5, p6, p7;

        Padded(Workers workers, Places places, LocalNode node, int number) {
            super(workers, places, node, number);
        }
    }
}
