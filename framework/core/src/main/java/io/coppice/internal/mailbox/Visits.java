package io.coppice.internal.mailbox;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts for threads that are not ours, each for itself: a count that they share would cost as much
 * as the step into a mailbox. Virtual threads share one, because most of them do not live long
 * enough to gain by one of their own.
 */
final class Visits {

    /** Elements of a count to either side of the one that is used, so that none share a line. */
    private static final int PADDING = 16;

    private record Visitor(WeakReference<Thread> thread, AtomicLongArray count) {
        boolean isGone() {
            var it = thread.get();
            return it == null || !it.isAlive();
        }
    }

    private final ThreadLocal<AtomicLongArray> own = ThreadLocal.withInitial(this::begin);
    private final LongAdder ofVirtual = new LongAdder();

    /** Guarded by itself, with the two below. */
    private final List<Visitor> visitors = new ArrayList<>();

    private long ofGone;
    private int cleanAt = 16;

    /** {@code more} for the calling thread. Seen by all who see what it does next. */
    void add(long more) {
        if (Thread.currentThread().isVirtual()) {
            ofVirtual.add(more);
        } else {
            var count = own.get();
            count.setRelease(PADDING, count.getPlain(PADDING) + more);
        }
    }

    private AtomicLongArray begin() {
        var count = new AtomicLongArray(2 * PADDING);
        synchronized (visitors) {
            if (visitors.size() >= cleanAt) {
                clean();
                cleanAt = Math.max(cleanAt, 2 * visitors.size());
            }
            visitors.add(new Visitor(new WeakReference<>(Thread.currentThread()), count));
        }
        return count;
    }

    private void clean() {
        visitors.removeIf(
                visitor -> {
                    boolean isGone = visitor.isGone();
                    ofGone += isGone ? visitor.count.get(PADDING) : 0;
                    return isGone;
                });
    }

    /** How many threads have a count of their own. */
    int visitors() {
        synchronized (visitors) {
            return visitors.size();
        }
    }

    long sum() {
        synchronized (visitors) {
            long sum = ofGone + ofVirtual.sum();
            for (var visitor : visitors) {
                sum += visitor.count.getAcquire(PADDING);
            }
            return sum;
        }
    }
}
