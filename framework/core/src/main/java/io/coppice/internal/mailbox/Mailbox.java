package io.coppice.internal.mailbox;

import static java.util.Objects.requireNonNull;

import io.coppice.process.Pid;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Predicate;

/**
 * A process's identity and, behind it, its queue: one object, because there may be a million.
 *
 * <p>Many threads {@link #post}, one at a time consumes. The end of the list is also the state of
 * the process: there is none exactly when nothing waits and nothing is being handled. The thread
 * that puts the first one there must see to it that the process runs; the consumer takes it away
 * when the envelope it has handled is still the last. An envelope therefore stays in the list while
 * it is handled.
 *
 * <p>The queue itself has no bound: a bound is a matter of whom to let in, and stands before it
 * ({@link Room}, {@link Newest}).
 *
 * @see <a
 *     href="https://www.1024cores.net/home/lock-free-algorithms/queues/intrusive-mpsc-node-based-queue">
 *     Dmitry Vyukov's intrusive MPSC queue</a>
 */
public abstract class Mailbox extends Pid {

    private static final int SPINS = 128;

    /**
     * No VarHandle: its first call runs code of the JDK that takes far more of the stack than any
     * act, and a handler may send for the first time deep in its stack.
     */
    private static final AtomicReferenceFieldUpdater<Mailbox, @Nullable Envelope> TAIL =
            AtomicReferenceFieldUpdater.newUpdater(Mailbox.class, Envelope.class, "tail");

    /**
     * The envelope that came last, or null while the process is idle. Null and no mark of another
     * kind: that would cost a fence of the garbage collector's for each turn.
     */
    private volatile @Nullable Envelope tail;

    /**
     * The envelope to be handled next, or null while there is none: the last one is not to be kept
     * by a process that is idle for long. Written by whoever starts the process, then by the
     * consumer.
     */
    private @Nullable Envelope head;

    /**
     * @param first the first step of the process: it is born busy, so that nobody but its maker can
     *     set it going
     */
    protected Mailbox(long number, String label, Envelope first) {
        super(number, label);
        this.tail = first;
        this.head = first;
    }

    /** Whether the process has ended; true for ever after. */
    public abstract boolean isDead();

    /**
     * Appends {@code envelope}.
     *
     * <p>A sender that was killed must not be heard after news of its death. So its end is looked
     * for after its envelope has taken its place and before anybody can reach it: had it not ended
     * then, news of its death comes later in every mailbox.
     *
     * @param sender the process that sends, or null if none does
     * @return whether the process was idle, so that the caller must set it going
     */
    public final boolean post(Envelope envelope, @Nullable Mailbox sender) {
        var previous = TAIL.getAndSet(this, envelope);
        if (sender != null && sender.isDead()) {
            envelope.empty(Envelope.SENDER_ENDED);
        }
        return follow(previous, envelope);
    }

    /**
     * {@link #post} of a message that comes through {@code gate} and was {@linkplain Gate#admit
     * counted} there. Whoever closes the gate sees the count; or the sender sees here, before
     * anybody can reach the envelope, that it is closed, empties it, and takes the count back.
     */
    public final boolean postFromOutside(Envelope envelope, Gate gate) {
        var previous = TAIL.getAndSet(this, envelope);
        if (gate.isClosed()) {
            envelope.empty(Envelope.GATED);
            gate.turnBack();
        }
        return follow(previous, envelope);
    }

    private boolean follow(@Nullable Envelope previous, Envelope envelope) {
        if (previous == null) {
            head = envelope;
            return true;
        }
        Envelope.NEXT.setRelease(previous, envelope);
        return false;
    }

    /** Whether nothing waits and nothing is handled, at this moment. */
    public final boolean isIdle() {
        return tail == null;
    }

    /** For the consumer: the envelope whose turn it is. */
    protected final Envelope head() {
        return requireNonNull(head, "head");
    }

    /** For the consumer: where to go on when the process runs again. */
    protected final void pauseAt(Envelope envelope) {
        head = envelope;
    }

    /** For the consumer: what follows {@code handled}, if it can be seen already. */
    protected static @Nullable Envelope peek(Envelope handled) {
        return handled.next();
    }

    /**
     * For the consumer: goes idle, unless something has come after {@code handled}. If this returns
     * true, the caller is the consumer no longer.
     */
    protected final boolean goIdle(Envelope handled) {
        head = null; // before the swap: after it, the next sender writes here
        return TAIL.compareAndSet(this, handled, null);
    }

    /** For the consumer: what follows {@code handled}, when it is known that something does. */
    protected static Envelope await(Envelope handled) {
        // A sender may have been descheduled between taking its place and linking it.
        for (int spins = 0; ; spins++) {
            var next = handled.next();
            if (next != null) {
                return next;
            }
            pause(spins);
        }
    }

    /**
     * Waits a little for another thread, which will not be long. Yields seldom: a virtual thread
     * deep in its stack overflows when it tries, and that alone takes up to a millisecond.
     */
    public static void pause(int spins) {
        if ((spins + 1) % SPINS != 0) {
            Thread.onSpinWait();
            return;
        }
        try {
            Thread.yield();
        } catch (StackOverflowError deep) {
            // A virtual thread deep in its stack cannot be taken off its carrier.
        }
    }

    /** For the consumer: drops {@code handled} from the list, so that it retains nothing. */
    protected static void forget(Envelope handled) {
        handled.unlink();
    }

    /** For the consumer: the envelope that came last. */
    protected final Envelope last() {
        return requireNonNull(tail, "tail");
    }

    /**
     * For the consumer: empties the first envelope after {@code handled} whose content is wanted.
     */
    protected final boolean takeBackFirst(Envelope handled, Predicate<Object> wanted) {
        for (var at = handled; at != tail; ) {
            at = await(at);
            if (wanted.test(at.content())) {
                at.empty(Envelope.TAKEN_BACK);
                return true;
            }
        }
        return false;
    }
}
