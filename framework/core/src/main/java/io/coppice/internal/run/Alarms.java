package io.coppice.internal.run;

import io.coppice.internal.mailbox.Mailbox;
import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The alarms of a node, and the thread on which they ring.
 *
 * <p>Nearly all are called off: every start and every request sets one, and hardly any lasts until
 * then. So to set one and to call it off takes some nanoseconds and wakes nobody: they hang on a
 * wheel, in lists by the tick in which they ring, each under a lock of its own. An alarm rings at
 * its time or up to a tick later, never before; those of one tick in the order of their times, and
 * those of one time in the order in which they were set.
 *
 * <p>The locks are held for a few instructions and never waited for by parking, which a virtual
 * thread deep in its stack could not do.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/41457.37504">Varghese and Lauck, Hashed and
 *     hierarchical timing wheels</a>
 */
final class Alarms extends Thread {

    /** Ticks of half a millisecond. */
    private static final int TICK_SHIFT = 19;

    private static final int SPOKES = 1_024;
    private static final long AWAKE = Long.MIN_VALUE;
    private static final long NEVER = Long.MAX_VALUE;

    private final Spoke[] spokes = new Spoke[SPOKES];
    private final long begunNanos = System.nanoTime();

    /** The tick until which the thread sleeps. */
    private volatile long asleepUntil = AWAKE;

    private volatile boolean closed;

    Alarms() {
        super("coppice-alarms");
        setDaemon(true);
        for (int i = 0; i < SPOKES; i++) {
            spokes[i] = new Spoke();
        }
    }

    /** One alarm. */
    private static final class Entry implements Alarm {
        private final Spoke spoke;
        private final long nanos;
        private final Runnable action;

        // Guarded by the spoke.
        private @Nullable Entry before;
        private @Nullable Entry after;
        private boolean isSet;

        Entry(Spoke spoke, long nanos, Runnable action) {
            this.spoke = spoke;
            this.nanos = nanos;
            this.action = action;
        }

        @Override
        public void cancel() {
            spoke.remove(this);
        }

        long tick() {
            return tickAfter(nanos);
        }

        void ring() {
            try {
                action.run();
            } catch (Throwable thrown) {
                Reports.escaped(action, thrown);
            }
        }
    }

    /** Those that ring in one tick, or whole turns of the wheel later; in the order of setting. */
    private static final class Spoke extends AtomicBoolean {
        private static final long serialVersionUID = 1;

        private transient volatile @Nullable Entry first;
        private transient @Nullable Entry last;

        private void lock() {
            for (int spins = 0; !compareAndSet(false, true); spins++) {
                Mailbox.pause(spins);
            }
        }

        private void unlock() {
            setRelease(false);
        }

        boolean isEmpty() {
            return first == null;
        }

        void add(Entry entry) {
            lock();
            entry.isSet = true;
            entry.before = last;
            if (last == null) {
                first = entry;
            } else {
                last.after = entry;
            }
            last = entry;
            unlock();
        }

        void remove(Entry entry) {
            lock();
            unhook(entry);
            unlock();
        }

        private void unhook(Entry entry) {
            if (!entry.isSet) {
                return;
            }
            entry.isSet = false;
            if (entry.before == null) {
                first = entry.after;
            } else {
                entry.before.after = entry.after;
            }
            if (entry.after == null) {
                last = entry.before;
            } else {
                entry.after.before = entry.before;
            }
        }

        /** Takes out those that are due by {@code tick}. */
        List<Entry> takeDue(long tick) {
            var due = new ArrayList<Entry>();
            lock();
            for (var entry = first; entry != null; ) {
                var next = entry.after;
                if (entry.tick() <= tick) {
                    unhook(entry);
                    due.add(entry);
                }
                entry = next;
            }
            unlock();
            return due;
        }
    }

    /** The first tick that begins after {@code nanos}, which are counted from the beginning. */
    private static long tickAfter(long nanos) {
        return (nanos >> TICK_SHIFT) + 1;
    }

    private Spoke spoke(long tick) {
        return spokes[(int) tick & (SPOKES - 1)];
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
        long tick = tickAfter(nanos);
        var entry = new Entry(spoke(tick), nanos, action);
        entry.spoke.add(entry);
        if (tick < asleepUntil) {
            LockSupport.unpark(this);
        }
        return entry;
    }

    @Override
    public void run() {
        long done = 0;
        while (!closed) {
            asleepUntil = AWAKE;
            long now = elapsed() >> TICK_SHIFT;
            long from = Math.max(done + 1, now - SPOKES + 1);
            for (long tick = from; tick <= now; tick++) {
                ring(spoke(tick), now);
            }
            done = now;
            sleepAfter(now);
        }
    }

    private static void ring(Spoke spoke, long tick) {
        if (spoke.isEmpty()) {
            return;
        }
        var due = spoke.takeDue(tick);
        due.sort(Comparator.comparingLong(entry -> entry.nanos)); // stable
        due.forEach(Entry::ring);
    }

    /** Sleeps until something may be due, or somebody sets an alarm that is due before. */
    private void sleepAfter(long tick) {
        long next = nextAfter(tick);
        asleepUntil = next;
        // Whoever sets one before this look has not seen that it is to wake this thread.
        if (nextAfter(tick) < next || closed) {
            return;
        }
        if (next == NEVER) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, (next << TICK_SHIFT) - elapsed());
        }
    }

    private long nextAfter(long tick) {
        for (long next = tick + 1; next <= tick + SPOKES; next++) {
            if (!spoke(next).isEmpty()) {
                return next;
            }
        }
        return NEVER;
    }

    /** None rings any more. */
    void close() {
        closed = true;
        LockSupport.unpark(this);
    }
}
