package io.coppice.testkit.internal;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;

/**
 * A thread that code can stop on half-way. Of all carriers of a simulation one runs, and gives its
 * turn to another before it waits; so all they share is written by one thread at a time.
 */
final class Carrier implements Turn {

    final Thread thread;

    /** What runs here, also while it has stopped half-way; null while the carrier is free. */
    @Nullable Object strand;

    /** What to begin with at the next turn. */
    @Nullable Runnable first;

    /** For the carrier itself: the simulation in whose name it acts. */
    @Nullable Engine worksFor;

    /** What would end its waiting, while it waits. */
    @Nullable Object waitsFor;

    /** It has stopped in the middle of an act of the runtime, which must be done in the end. */
    boolean isInAct;

    /** Somebody has unparked it when it did not wait. */
    boolean permit;

    /** Somebody has interrupted it since it stopped. */
    boolean interrupted;

    /** How often its code was told in this run that it is over, and went on. */
    int timesTold;

    private volatile boolean hasTurn;

    /** The calling thread becomes one, and has the turn. */
    Carrier() {
        this.thread = Thread.currentThread();
    }

    /** A thread of its own, that waits for its first turn. */
    Carrier(String name, Runnable work) {
        this.thread = Thread.ofVirtual().name(name).unstarted(work);
    }

    @Override
    public Object strand() {
        return strand == null ? this : strand;
    }

    /** For the one that has the turn: gives it to this carrier. */
    void giveTurn() {
        hasTurn = true;
        LockSupport.unpark(thread);
    }

    /** For the carrier itself, which has given its turn away: its code goes no further, ever. */
    void leaveForEver() {
        while (true) {
            LockSupport.park(this);
            Thread.interrupted(); // or it could not park again
        }
    }

    /** For the carrier itself: waits until it is given the turn. */
    void awaitTurn() {
        while (!hasTurn) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true; // kept for when it goes on, or it could not park again
            }
        }
        hasTurn = false;
    }

    /** For the carrier itself, going on: interrupts that came meanwhile are seen now. */
    void takeInterrupt() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }
}
