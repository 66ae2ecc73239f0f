package io.coppice.internal.run;

import java.util.function.BooleanSupplier;

/**
 * Looks for something for a moment, before a thread is put to sleep that would cost more to wake.
 *
 * <p>On a machine with more to do than processors, whoever looks keeps from running what it looks
 * for. So how long it looks depends on whether that has paid so far. Many threads may look at once;
 * what they learn from each other need not be exact.
 */
final class Spin {

    /** Some microseconds: as long as it takes to wake a thread. */
    private static final int MOST = 40;

    private static final int PAUSES = 4;
    private static final int AT_ONCE = 8;

    /** After so many times without looking it is tried again. */
    private static final int FORGET = 64;

    private volatile int patience = MOST;
    private volatile int skipped;

    /**
     * @return whether {@code isThere}, now or within a moment
     */
    boolean sees(BooleanSupplier isThere) {
        int most = patience;
        if (most == 0) {
            skip();
            return isThere.getAsBoolean();
        }
        for (int i = 0; i < most; i++) {
            if (isThere.getAsBoolean()) {
                learn(most, Math.min(MOST, most + AT_ONCE));
                return true;
            }
            for (int j = 0; j < PAUSES; j++) {
                Thread.onSpinWait();
            }
        }
        learn(most, most / 2);
        return false;
    }

    private void learn(int before, int after) {
        if (before != after) {
            patience = after;
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // need not be exact
    private void skip() {
        if (++skipped % FORGET == 0) {
            patience = AT_ONCE;
        }
    }
}
