package io.coppice.internal.mailbox;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One place in a {@link Mailbox}: a message, or something that becomes one when its turn comes.
 *
 * <p>Its content may be taken back by the process that owns the mailbox, or by the sender before
 * the envelope can be reached.
 */
public class Envelope {

    /** The content of an envelope that was taken back. */
    public static final Object TAKEN_BACK = new Object();

    /** The content of an envelope whose sender had ended. */
    public static final Object SENDER_ENDED = new Object();

    /** The content of an envelope whose sender, outside, has found the gate closed. */
    public static final Object GATED = new Object();

    static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Envelope.class, "next", Envelope.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Object content;

    @SuppressWarnings("unused") // through NEXT
    private volatile @Nullable Envelope next;

    public Envelope(Object content) {
        this.content = content;
    }

    /** What is inside, or one of the marks of emptiness. */
    public Object content() {
        return content;
    }

    /** Empties it: {@link #TAKEN_BACK}, {@link #SENDER_ENDED} or {@link #GATED}. */
    public void empty(Object why) {
        content = why;
    }

    /**
     * The message, made in the receiving process when its turn has come.
     *
     * @return the message, or one of the marks of emptiness
     */
    public Object open() {
        return content();
    }

    /** Whether {@code content} is one of the marks of emptiness. */
    public static boolean isEmpty(Object content) {
        return content == TAKEN_BACK || content == SENDER_ENDED || content == GATED;
    }

    /** For the consumer: whether it takes {@link Room} while it waits. */
    public boolean takesRoom() {
        return false;
    }

    final @Nullable Envelope next() {
        return (Envelope) NEXT.getAcquire(this);
    }

    final void unlink() {
        NEXT.set(this, null);
    }
}
