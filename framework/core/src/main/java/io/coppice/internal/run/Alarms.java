package io.coppice.internal.run;

import io.coppice.spi.Scheduler.Alarm;

import java.util.concurrent.locks.LockSupport;

/**
 * The alarms of a node, and the thread on which they ring.
 *
 * <p>Nearly all are called off: every request and every start of a program sets one, and hardly any
 * lasts until then. So to set one and to call it off takes some nanoseconds and wakes nobody: they
 * hang on a {@link Wheel}. An alarm rings at its time or up to a tick later, never before; those of
 * one tick in the order of their times, and those of one time in the order in which they were set.
 */
final class Alarms extends Thread {

    private final Wheel wheel = new Wheel();
    private final long begunNanos = System.nanoTime();
    private volatile boolean closed;

    Alarms() {
        super("coppice-alarms");
        setDaemon(true);
    }

    private long elapsed() {
        return System.nanoTime() - begunNanos;
    }

    /**
     * Runs {@code action} on this thread when {@code delayNanos} have passed, unless it is called
     * off before that. For any thread.
     */
    Alarm set(long delayNanos, Runnable action) {
        long nanos = elapsed() + delayNanos;
        if (nanos < 0) {
            return () -> {}; // in three centuries
        }
        var entry = wheel.add(nanos, action);
        if (wheel.mustWakeFor(entry)) {
            LockSupport.unpark(this);
        }
        return entry;
    }

    @Override
    public void run() {
        long done = 0;
        while (!closed) {
            wheel.awake();
            long now = Wheel.tick(elapsed());
            wheel.takeDue(done, now).forEach(Wheel.Entry::ring);
            done = now;
            sleepAfter(now);
        }
    }

    /** Sleeps until something may be due, or somebody sets an alarm that is due before. */
    private void sleepAfter(long tick) {
        long until = wheel.sleepAfter(tick);
        if (until == tick || closed) {
            return;
        }
        if (until == Wheel.NEVER) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, Wheel.nanos(until) - elapsed());
        }
    }

    /** None rings any more. */
    void close() {
        closed = true;
        LockSupport.unpark(this);
    }
}
