package io.coppice.internal.mailbox;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts messages of threads that are not ours, for each thread by itself: a count that they share
 * would cost as much as the step into a mailbox. Virtual threads share one, because most of them do
 * not live long enough to gain by one of their own.
 */
final class Visits {

    private static final int FEW = 16;

    /** No VarHandle: see {@link Mailbox}. With as much room that no two share a line. */
    @SuppressWarnings({"unused", "serial"})
    private static final class Count extends AtomicLong {
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, pa, pb, pc, pd, pe, pf;
    }

    private record Visitor(WeakReference<Thread> thread, Count count) {
        boolean isGone() {
            var it = thread.get();
            return it == null || !it.isAlive();
        }
    }

    private final ThreadLocal<Count> own = ThreadLocal.withInitial(this::begin);
    private final LongAdder ofVirtual = new LongAdder();
    private final LongAdder turnedBack = new LongAdder();

    /** By number of the thread. Guarded by itself, with the two below. */
    private final Map<Long, Visitor> visitors = new HashMap<>();

    private long ofGone;
    private int cleanAt = FEW;

    /** One more of the calling thread. */
    void add() {
        if (Thread.currentThread().isVirtual()) {
            ofVirtual.increment();
        } else {
            var count = own.get();
            count.setRelease(count.getPlain() + 1);
        }
    }

    /** One that was added is not to count. */
    void turnBack() {
        turnedBack.increment();
    }

    /** For a new thread, or one of a pool that forgets what is local to a thread. */
    private Count begin() {
        var thread = Thread.currentThread();
        synchronized (visitors) {
            if (visitors.size() >= cleanAt) {
                clean();
                cleanAt = Math.max(FEW, 2 * visitors.size());
            }
            return visitors.computeIfAbsent(
                            thread.threadId(),
                            number -> new Visitor(new WeakReference<>(thread), new Count()))
                    .count;
        }
    }

    /** Allocates nothing between the two halves of a move. */
    private void clean() {
        for (var all = visitors.values().iterator(); all.hasNext(); ) {
            var visitor = all.next();
            if (visitor.isGone()) {
                ofGone += visitor.count.get();
                all.remove();
            }
        }
    }

    /** How many threads have a count of their own. */
    int visitors() {
        synchronized (visitors) {
            return visitors.size();
        }
    }

    /** Never one too few: what was turned back, and so added before, is read first. */
    long sum() {
        long back = turnedBack.sum();
        synchronized (visitors) {
            long sum = ofGone + ofVirtual.sum();
            for (var visitor : visitors.values()) {
                sum += visitor.count.get();
            }
            return sum - back;
        }
    }
}
