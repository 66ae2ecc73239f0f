package io.coppice.internal.mailbox;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The gate around a node: what comes from outside is counted, until it is closed; then nothing gets
 * in.
 *
 * <p>Who has more to do than to put a message into a mailbox is counted while it is on its way in,
 * and waited for: a {@link Scope} without a way for those within, and with many counts, each of
 * which has its own cache line: there may be as many senders as threads, and they are not to meet
 * here. The count is taken before the closed bit is looked at, in one step.
 *
 * <p>A message is counted once, by {@link Visits}, before it takes its place in the mailbox; only
 * then is the gate looked at ({@link Mailbox#postFromOutside}), so that the step into the mailbox
 * is the fence between the two. Let in, it is among those that were accepted, and who has closed
 * the gate and waits until all of those have met their fate waits for it.
 */
public final class Gate {

    private static final long CLOSED = 1;
    private static final long ONE = 2;
    private static final int STRIDE = 16;

    private final int stripes;

    /** How many are on their way in, above the bit that says whether it is closed. */
    private final AtomicLongArray words;

    /** How many messages were let in. */
    private final Visits visits = new Visits();

    private volatile boolean closed;

    private final AtomicReference<Runnable> whenQuiet = new AtomicReference<>(() -> {});

    /**
     * Senders that wait for room behind the gate, and must hear when it closes. Bounded by the
     * number of threads.
     */
    private final Queue<CompletableFuture<Boolean>> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param processors how many may pass at the same time
     */
    public Gate(int processors) {
        this.stripes = 2 * Integer.highestOneBit(Math.max(1, processors));
        this.words = new AtomicLongArray(stripes * STRIDE);
    }

    /** Where the calling thread passes. */
    private int place() {
        return ((int) Thread.currentThread().threadId() & (stripes - 1)) * STRIDE;
    }

    /** A message of the calling thread is about to get in. */
    public void admit() {
        visits.add();
    }

    /** The message that was about to get in has found the gate closed. */
    void turnBack() {
        visits.turnBack();
    }

    /** How many messages were let in; perhaps, for a moment, one more that is being refused. */
    public long admitted() {
        return visits.sum();
    }

    /** The calling thread is on its way in and will {@link #leave}, unless the gate is closed. */
    public boolean enter() {
        if ((words.getAndAdd(place(), ONE) & CLOSED) != 0) {
            leave();
            return false;
        }
        return true;
    }

    /** The calling thread is on its way no longer. */
    public void leave() {
        if (words.addAndGet(place(), -ONE) == CLOSED) {
            tellIfQuiet();
        }
    }

    private void tellIfQuiet() {
        for (int i = 0; i < stripes; i++) {
            if (words.get(i * STRIDE) != CLOSED) {
                return; // and whoever is there will look in turn
            }
        }
        whenQuiet.getAndSet(() -> {}).run();
    }

    /**
     * Lets in nobody from now on.
     *
     * @param tell run once when nobody is on the way in any more, perhaps at once, in any thread
     */
    public void close(Runnable tell) {
        whenQuiet.updateAndGet(
                others ->
                        () -> {
                            others.run();
                            tell.run();
                        });
        shut();
        tellIfQuiet();
    }

    /** Lets in nobody from now on. */
    public void shut() {
        closed = true;
        for (int i = 0; i < stripes; i++) {
            words.getAndUpdate(i * STRIDE, word -> word | CLOSED);
        }
        waiting.forEach(place -> place.complete(true));
    }

    public boolean isClosed() {
        return closed;
    }

    /** A sender waits for room behind the gate: it is to be woken when it closes. */
    public void register(CompletableFuture<Boolean> place) {
        waiting.add(place);
    }

    public void unregister(CompletableFuture<Boolean> place) {
        waiting.remove(place);
    }
}
