package io.coppice.internal.run;

import io.coppice.internal.mailbox.Mailbox;

import java.util.concurrent.atomic.AtomicBoolean;

/** A lock for a few steps in memory: who holds it waits for nothing, and calls nobody's code. */
abstract class SpinLock extends AtomicBoolean {
    private static final long serialVersionUID = 1;

    final void lock() {
        for (int spins = 0; !compareAndSet(false, true); spins++) {
            Mailbox.pause(spins); // the holder may have been descheduled by the operating system
        }
    }

    final void unlock() {
        setRelease(false);
    }
}
