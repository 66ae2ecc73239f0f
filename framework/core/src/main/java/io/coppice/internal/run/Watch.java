package io.coppice.internal.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after the workers from outside, once a millisecond while there is work: what waits behind a
 * long handler is given to others, the place of a handler that blocks to another thread. And after
 * the {@link Carriers} of programs.
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

    /** So many ticks between two looks at the carriers of virtual threads. */
    private static final int TICKS_PER_SCOUT = 5;

    private final Workers workers;
    private volatile boolean asleep;

    /** A program was set going, and may wait for a carrier. */
    private volatile boolean programWaits;

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

    /** A program is set going, and needs a carrier. */
    void programWaits() {
        if (!programWaits) {
            programWaits = true;
        }
        wake();
    }

    @Override
    public void run() {
        int quiet = 0;
        for (int tick = 0; !workers.isClosed(); tick++) {
            LockSupport.parkNanos(this, TICK_NANOS);
            if (programWaits && tick % TICKS_PER_SCOUT == 0) {
                programWaits = false; // before the look: who comes now is looked after next time
                programWaits |= Carriers.ofJvm().look(System.nanoTime());
            }
            quiet = isQuiet() ? quiet + 1 : 0;
            if (quiet >= TICKS_UNTIL_SLEEP) {
                sleep();
                quiet = 0;
            }
            workers.placed().forEach(this::look);
            workers.stuck().forEach(this::lookAtStuck);
        }
    }

    private boolean isQuiet() {
        return workers.allIdle() && workers.stuck().isEmpty() && !programWaits;
    }

    private void sleep() {
        asleep = true;
        while (asleep && isQuiet() && !workers.isClosed()) {
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
