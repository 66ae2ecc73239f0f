package io.coppice.examples.incidents.log.kit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What became of all entries, whichever incarnation of a process saw to it. For any thread. */
public final class Ledger {

    private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    private int largestBatch;
    private long slowestNanos;

    synchronized void count(Fate fate, long times) {
        counts.merge(fate, times, Math::addExact);
    }

    synchronized void batch(int size) {
        largestBatch = Math.max(largestBatch, size);
    }

    synchronized void took(long nanos) {
        slowestNanos = Math.max(slowestNanos, nanos);
    }

    /** How many met {@code fate}. */
    public synchronized long of(Fate fate) {
        return counts.getOrDefault(fate, 0L);
    }

    /** How many are stored and not acknowledged. */
    public synchronized long unacknowledged() {
        return of(Fate.STORED) - of(Fate.SETTLED) - of(Fate.SUPERSEDED);
    }

    /** How many have come in and not met a fate: they wait for others before them. */
    public synchronized long waiting() {
        return of(Fate.ARRIVED) - of(Fate.APPLIED) - dropped();
    }

    /** How many have come in and were not applied, for whatever reason. */
    public synchronized long dropped() {
        return of(Fate.EXPIRED)
                + of(Fate.VOID)
                + of(Fate.DUPLICATE)
                + of(Fate.STALE_INCARNATION)
                + of(Fate.FENCED)
                + of(Fate.GAP_EXCEEDED);
    }

    /** The most entries that were sent in one frame. */
    public synchronized int largestBatch() {
        return largestBatch;
    }

    /** The longest that it took from storing an entry to applying it. */
    public synchronized Duration slowest() {
        return Duration.ofNanos(slowestNanos);
    }
}
