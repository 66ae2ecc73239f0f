package io.coppice.internal.run;

import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The alarms that are set, in lists by the tick in which they ring, each under a lock of its own.
 *
 * <p>The locks are held for a few instructions and never waited for by parking, which a virtual
 * thread deep in its stack could not do. Any thread may set alarms and call them off; one, which
 * has the clock, takes out those that are due and may sleep in between.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/41457.37504">Varghese and Lauck, Hashed and
 *     hierarchical timing wheels</a>
 */
final class Wheel {

    /** Ticks of half a millisecond. */
    private static final int TICK_SHIFT = 19;

    private static final int SPOKES = 1_024;
    private static final long AWAKE = Long.MIN_VALUE;

    /** No tick: nothing is set. */
    static final long NEVER = Long.MAX_VALUE;

    private final Spoke[] spokes = new Spoke[SPOKES];

    /** The tick until which whoever has the clock sleeps. */
    private volatile long asleepUntil = AWAKE;

    Wheel() {
        for (int i = 0; i < SPOKES; i++) {
            spokes[i] = new Spoke();
        }
    }

    /** One alarm. */
    static final class Entry implements Alarm {
        private final Spoke spoke;
        private final long nanos;
        private final Runnable action;

        // Guarded by the spoke.
        private @Nullable Entry older;
        private @Nullable Entry newer;
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

    /** Those that ring in one tick, or whole turns of the wheel later; the one set last first. */
    private static final class Spoke extends SpinLock {
        private static final long serialVersionUID = 1;

        private transient volatile @Nullable Entry newest;

        boolean isEmpty() {
            return newest == null;
        }

        void add(Entry entry) {
            lock();
            entry.isSet = true;
            var before = newest;
            entry.older = before;
            if (before != null) {
                before.newer = entry;
            }
            newest = entry;
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
            if (entry.newer == null) {
                newest = entry.older;
            } else {
                entry.newer.older = entry.older;
            }
            if (entry.older != null) {
                entry.older.newer = entry.newer;
            }
        }

        /** Moves those that are due by {@code tick} to {@code due}, the one set last first. */
        void takeDue(long tick, List<Entry> due) {
            lock();
            try {
                for (var entry = newest; entry != null; ) {
                    var next = entry.older;
                    if (entry.tick() <= tick) {
                        due.add(entry);
                        unhook(entry);
                    }
                    entry = next;
                }
            } finally {
                unlock();
            }
        }
    }

    /** The tick to which {@code nanos} belong. */
    static long tick(long nanos) {
        return nanos >> TICK_SHIFT;
    }

    /** When {@code tick} begins. */
    static long nanos(long tick) {
        return tick << TICK_SHIFT;
    }

    /** The first tick that begins after {@code nanos}, which are counted from the beginning. */
    private static long tickAfter(long nanos) {
        return (nanos >> TICK_SHIFT) + 1;
    }

    private Spoke spoke(long tick) {
        return spokes[(int) tick & (SPOKES - 1)];
    }

    /** Sets an alarm that is due at {@code nanos}. */
    Entry add(long nanos, Runnable action) {
        var entry = new Entry(spoke(tickAfter(nanos)), nanos, action);
        entry.spoke.add(entry);
        return entry;
    }

    /** Whether whoever has the clock sleeps too long for {@code added}, and must be woken. */
    boolean mustWakeFor(Entry added) {
        return added.tick() < asleepUntil;
    }

    // For the one that has the clock

    /** It is awake: nobody need wake it. */
    void awake() {
        asleepUntil = AWAKE;
    }

    /**
     * Takes out what is due by {@code tick}, nothing of which was due by {@code before}; in the
     * order in which it is to ring.
     */
    List<Entry> takeDue(long before, long tick) {
        var due = new ArrayList<Entry>();
        for (long at = Math.max(before + 1, tick - SPOKES + 1); at <= tick; at++) {
            var spoke = spoke(at);
            if (!spoke.isEmpty()) {
                spoke.takeDue(tick, due);
            }
        }
        Collections.reverse(due);
        due.sort(Comparator.comparingLong(entry -> entry.nanos)); // stable
        return due;
    }

    /**
     * Falls asleep, unless something has been set meanwhile.
     *
     * @return the tick until which it may sleep, or {@link #NEVER}; or {@code tick}, if it must not
     */
    long sleepAfter(long tick) {
        long next = nextAfter(tick);
        asleepUntil = next;
        // Whoever sets one before this look has not seen that it is to wake us.
        return nextAfter(tick) < next ? tick : next;
    }

    private long nextAfter(long tick) {
        for (long next = tick + 1; next <= tick + SPOKES; next++) {
            if (!spoke(next).isEmpty()) {
                return next;
            }
        }
        return NEVER;
    }
}
