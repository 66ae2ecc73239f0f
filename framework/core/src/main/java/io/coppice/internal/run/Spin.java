package io.coppice.internal.run;

import java.util.function.BooleanSupplier;

/**
 * Looks for something for a moment, before a thread is put to sleep that would cost more to wake.
 *
 * <p>It looks for longer than it takes to wake whoever might bring it; so if that one sleeps, it is
 * still found, and next time both are awake. On a machine with more to do than processors, whoever
 * looks keeps from running what it looks for. So it goes on only as long as that pays. Many threads
 * may look at once; what they learn from each other need not be exact.
 */
final class Spin {

    /** A little longer than it takes to wake a thread: a call that wakes two took 37 us. */
    private static final long MOST_NANOS = 20_000;

    private static final int PAUSES = 4;

    /** So many times in vain, and it looks no more. */
    private static final int MOST_TRUST = 16;

    /** One find makes up for so many times in vain. */
    private static final int GAIN = 4;

    /** After so many times without looking it is tried again. */
    private static final int FORGET = 64;

    private volatile int trust = MOST_TRUST;
    private volatile int skipped;

    /**
     * @return whether {@code isThere}, now or within a moment
     */
    boolean sees(BooleanSupplier isThere) {
        if (isThere.getAsBoolean()) {
            return true;
        }
        int before = trust;
        if (before == 0) {
            skip();
            return false;
        }
        long begun = System.nanoTime();
        do {
            for (int i = 0; i < PAUSES; i++) {
                Thread.onSpinWait();
                if (isThere.getAsBoolean()) {
                    learn(before, Math.min(MOST_TRUST, before + GAIN));
                    return true;
                }
            }
        } while (System.nanoTime() - begun < MOST_NANOS);
        learn(before, before - 1);
        return false;
    }

    private void learn(int before, int after) {
        if (before != after) {
            trust = after;
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // need not be exact
    private void skip() {
        if (++skipped % FORGET == 0) {
            trust = GAIN;
        }
    }
}
