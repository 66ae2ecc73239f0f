package io.coppice.internal.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after the workers from outside, once a millisecond while there is work: what waits behind a
 * long handler is given to others, the place of a handler that blocks to another thread.
 */
final class Watch extends Thread {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * A handler that computes keeps its place for so many ticks; one that waits, or whose process
     * is dead, for one.
     */
    private static final int TICKS_COMPUTING = 10;

    /** So many ticks without work, and it sleeps until somebody wakes it. */
    private static final int TICKS_UNTIL_SLEEP = 100;

    private final Workers workers;
    private volatile boolean asleep;

    Watch(Workers workers) {
        super("coppice-watch");
        this.workers = workers;
        setDaemon(true);
    }

    /** A worker goes back to work. */
    void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(this);
        }
    }

    @Override
    public void run() {
        int quiet = 0;
        while (!workers.isClosed()) {
            LockSupport.parkNanos(this, TICK_NANOS);
            quiet = workers.allIdle() && workers.stuck().isEmpty() ? quiet + 1 : 0;
            if (quiet >= TICKS_UNTIL_SLEEP) {
                sleep();
                quiet = 0;
            }
            workers.placed().forEach(this::look);
            workers.stuck().forEach(this::lookAtStuck);
        }
    }

    private void sleep() {
        asleep = true;
        while (asleep && workers.allIdle() && !workers.isClosed()) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private void look(Worker worker) {
        long turns = worker.turns();
        if (turns != worker.turnsSeen || turns % 2 == 0) {
            worker.turnsSeen = turns;
            worker.ticksStuck = 0;
            if (worker.hasWaiting()) {
                workers.wakeOne();
            }
            return;
        }
        worker.ticksStuck++;
        boolean isZombie = interruptZombie(worker);
        workers.shareAllOf(worker);
        if (isZombie || worker.ticksStuck >= TICKS_COMPUTING || waits(worker)) {
            workers.replace(worker);
        }
    }

    private void lookAtStuck(Worker worker) {
        worker.ticksStuck++;
        interruptZombie(worker);
        workers.shareAllOf(worker);
    }

    private static boolean waits(Worker worker) {
        return switch (worker.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> true;
            default -> false;
        };
    }

    /**
     * A kill that came just before the handler began has not found the thread to interrupt.
     *
     * @return whether the process on the worker is dead
     */
    private static boolean interruptZombie(Worker worker) {
        var process = worker.seat.taker();
        if (process == null || !process.isDead()) {
            return false;
        }
        if (Integer.bitCount(worker.ticksStuck) == 1) { // 1, 2, 4, 8 ... ticks
            process.interruptAgain();
        }
        return true;
    }
}
