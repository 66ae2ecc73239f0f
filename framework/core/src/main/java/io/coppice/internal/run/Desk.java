package io.coppice.internal.run;

import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The seat of a worker, with the next slot. A worker does not keep it for long: to have an old
 * object point to another costs a fence of the garbage collector's, and a turn of one message
 * stores two such things here. Most desks are left before they are old.
 */
abstract sealed class Desk extends Seat {

    /** No VarHandle: see {@link io.coppice.internal.mailbox.Mailbox}. */
    private static final AtomicReferenceFieldUpdater<Desk, @Nullable Task> NEXT =
            AtomicReferenceFieldUpdater.newUpdater(Desk.class, Task.class, "next");

    private volatile @Nullable Task next;

    private Desk(LocalNode node, Tally tally) {
        super(node, tally);
    }

    static Desk make(LocalNode node, Tally tally) {
        return new Padded(node, tally);
    }

    /**
     * For the worker itself, between two tasks: another with what is next. Whoever comes to this
     * one from now on finds nothing next. If there is no room for another, nothing has changed.
     *
     * @throws OutOfMemoryError if there is no room
     */
    Desk renewed() {
        var young = make(node, tally);
        NEXT.lazySet(young, rob());
        return young;
    }

    /** For the worker itself: takes what is next, if others have not. */
    @Nullable Task takeNext() {
        var mine = next;
        return mine != null && NEXT.compareAndSet(this, mine, null) ? mine : null;
    }

    /**
     * For the worker itself: {@code task} is next.
     *
     * @return what was, if anything
     */
    @Nullable Task putNext(Task task) {
        // Others only ever empty it, so an empty one stays empty.
        var before = next;
        if (before != null && NEXT.compareAndSet(this, before, task)) {
            return before;
        }
        NEXT.lazySet(this, task);
        return null;
    }

    /** For others: takes what is next. */
    @Nullable Task rob() {
        return NEXT.getAndSet(this, null);
    }

    /** See {@link Padding}. */
    @SuppressWarnings("unused")
    private static final class Padded extends Desk {
        private long p0, p1, p2, p3, p4, p5, p6, p7;

        Padded(LocalNode node, Tally tally) {
            super(node, tally);
        }
    }
}
