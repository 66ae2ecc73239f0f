package io.coppice.internal.run;

import io.coppice.internal.mailbox.Envelope;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a thread of the runtime knows about itself: the process whose code it runs at this moment,
 * and the counters that only it writes.
 */
abstract sealed class Seat extends Padding permits Desk, Seat.Padded {

    private static final ThreadLocal<@Nullable Seat> OF_THREAD = new ThreadLocal<>();
    private static final VarHandle OCCUPANT;

    static {
        try {
            OCCUPANT =
                    MethodHandles.lookup()
                            .findVarHandle(Seat.class, "occupant", LocalProcess.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final LocalNode node;
    final Tally tally;

    private @Nullable LocalProcess<?> occupant;

    /**
     * For the thread itself: what an actor has in hand, if that is not the first of its turn, which
     * is the head of its mailbox. Not kept there: that would cost each sender on another processor
     * a line of the cache.
     */
    @Nullable Envelope inHand;

    /** Whether every send is to be told: in a simulation. */
    final boolean isWatched;

    Seat(LocalNode node, Tally tally) {
        this.node = node;
        this.tally = tally;
        this.isWatched = node.isSimulated();
    }

    /** For one thread, which counts in {@code tally}. */
    static Seat make(LocalNode node, Tally tally) {
        return new Padded(node, tally);
    }

    /** The seat of the calling thread, or null for a thread that is none of ours. */
    static @Nullable Seat mine() {
        return Thread.currentThread() instanceof Worker worker ? worker.desk() : OF_THREAD.get();
    }

    /** The process whose code the calling thread runs, or null. */
    static @Nullable LocalProcess<?> process() {
        var seat = mine();
        return seat == null ? null : seat.occupant;
    }

    /** For the thread itself: the process whose code it runs, or null. */
    @Nullable LocalProcess<?> occupant() {
        return occupant;
    }

    /** The seat of the calling thread, which runs a task of {@code node}. */
    static Seat at(LocalNode node) {
        var seat = mine();
        return seat != null && seat.node == node ? seat : take(node);
    }

    /** Gives the calling thread, which is no worker, a seat. */
    static Seat take(LocalNode node) {
        var seat = make(node, node.tallies.shared);
        OF_THREAD.set(seat);
        return seat;
    }

    /** For the thread itself: runs code of {@code process} from now on. */
    void occupy(LocalProcess<?> process) {
        OCCUPANT.setRelease(this, process);
    }

    /** For the thread itself: runs no process's code from now on. */
    void leave() {
        OCCUPANT.setRelease(this, null);
    }

    /**
     * Runs {@code body} as code of no process: it is somebody else's, and only happens to run in a
     * process's thread.
     */
    static void vacated(Runnable body) {
        var seat = mine();
        var before = seat == null ? null : seat.occupant;
        if (seat == null || before == null) {
            body.run();
            return;
        }
        before.takesLong(); // whoever looks meanwhile finds the seat empty
        seat.leave();
        try {
            body.run();
        } finally {
            seat.occupy(before);
        }
    }

    /** For others: whether the thread runs code of {@code process} now. */
    boolean isTakenBy(Object process) {
        return OCCUPANT.getVolatile(this) == process;
    }

    /** For others: the process whose code the thread runs now. */
    @Nullable LocalProcess<?> taker() {
        return (LocalProcess<?>) OCCUPANT.getVolatile(this);
    }

    /** See {@link Padding}. */
    @SuppressWarnings("unused")
    private static final class Padded extends Seat {
        private long p0, p1, p2, p3, p4, p5, p6, p7;

        Padded(LocalNode node, Tally tally) {
            super(node, tally);
        }
    }
}
