package io.coppice.internal.run;

import io.coppice.actor.ProcessEnded;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.internal.mailbox.Mailbox;
import io.coppice.process.ExitReason;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lock of a process, the bits that say how far its life has come, and what few processes have.
 *
 * <p>The lock is held for a few instructions, never over user code and never together with another
 * process's.
 */
abstract sealed class Guarded extends Mailbox permits Signalled {

    static final int DEAD = 2;
    static final int STOPPING = 4;
    static final int AT_LARGE = 8;
    static final int PROCLAIMED = 16;
    static final int INITIALISED = 32;
    static final int SHUT = 64;

    /** Its death is its own: none of its code is left to run. */
    static final int DONE = 128;

    /** Its code does nothing when it is opened. */
    static final int DEAF = 256;

    private static final int LOCKED = 1;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Guarded.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    /**
     * Why it ended, or is to end. Written before the mark of its death or stop, and read after
     * that.
     */
    @Nullable ExitReason reason;

    /** What few processes have; null while this one has nothing of it. Guarded by the lock. */
    @Nullable Extras extras;

    Guarded(long number, String label, Envelope first) {
        super(number, label, first);
    }

    final void lock() {
        for (int spins = 0; ; spins++) {
            int seen = (int) STATE.getOpaque(this);
            if ((seen & LOCKED) == 0 && STATE.compareAndSet(this, seen, seen | LOCKED)) {
                return;
            }
            pause(spins); // the holder may have been descheduled by the operating system
        }
    }

    final void unlock() {
        STATE.setRelease(this, state & ~LOCKED);
    }

    /** For the holder of the lock. */
    final void mark(int bit) {
        STATE.setRelease(this, state | bit);
    }

    /** For the holder of the lock. */
    final void unmark(int bit) {
        STATE.setRelease(this, state & ~bit);
    }

    final boolean is(int bit) {
        return (state & bit) != 0;
    }

    @Override
    public final boolean isDead() {
        return is(DEAD);
    }

    /** Whether nothing more of it is to run: it has ended, or asked to be stopped. */
    final boolean isOver() {
        return is(DEAD | STOPPING);
    }

    /** Whether its init is done and nobody holds it shut. */
    final boolean isOpen() {
        return (state & (INITIALISED | SHUT)) == INITIALISED;
    }

    // What the holder of the lock, or the process itself, may look at

    /**
     * For the process itself, before it acts, or the holder of its lock.
     *
     * @throws ProcessEnded if it has ended; that is counted
     */
    final void requireAlive() {
        if (isDead()) {
            refused();
            unwindIfDead();
        }
    }

    /** Counts an act that was tried in the name of the dead. */
    abstract void refused();

    /** For the process itself, after it has acted: it may have ended by that. */
    final void unwindIfDead() {
        if (isDead()) {
            throw new ProcessEnded(this, "has ended");
        }
    }

    /** Applies {@code use} to what few processes have, unless this one has ended. */
    final <T> @Nullable T withExtras(Function<Extras, T> use) {
        lock();
        try {
            if (isDead()) {
                return null;
            }
            if (extras == null) {
                extras = new Extras();
            }
            T result = use.apply(extras);
            if (extras.isEmpty()) {
                extras = null;
            }
            return result;
        } finally {
            unlock();
        }
    }

    /** Asks for the end of this process by itself; the first reason asked for counts. */
    final void askToStop(ExitReason why) {
        lock();
        try {
            if (!isOver()) {
                reason = why;
                mark(STOPPING);
            }
        } finally {
            unlock();
        }
    }

    /** Why this process asked to be stopped, or null if it did not, or has ended. */
    final @Nullable ExitReason stopReason() {
        if (!is(STOPPING)) {
            return null;
        }
        lock();
        try {
            return is(STOPPING) && !isDead() ? reason : null;
        } finally {
            unlock();
        }
    }

    /** For the process itself, in init. */
    final boolean holdsStart() {
        var mine = extras;
        return mine != null && mine.startHeld;
    }

    /**
     * Does {@code act}, unless this process has ended; what it does comes before news of its end.
     *
     * @return whether it was done
     */
    final boolean whileAlive(Runnable act) {
        lock();
        try {
            if (!isDead()) {
                act.run();
            }
            return !isDead();
        } finally {
            unlock();
        }
    }

    /** What this process has published last. */
    final Optional<Object> status() {
        lock();
        try {
            return Optional.ofNullable(extras == null ? null : extras.status);
        } finally {
            unlock();
        }
    }

    /** Whether the node looks after this process; that does not change once it is dead. */
    final boolean isAtLarge() {
        return is(AT_LARGE);
    }

    /** Notes that no link may hold this process: the node looks after it. */
    final boolean markAtLarge() {
        if (is(AT_LARGE)) {
            return false;
        }
        lock();
        try {
            boolean isNew = !is(AT_LARGE) && !isDead();
            if (isNew) {
                mark(AT_LARGE);
            }
            return isNew;
        } finally {
            unlock();
        }
    }
}
