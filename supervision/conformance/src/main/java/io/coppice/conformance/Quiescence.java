package io.coppice.conformance;

import io.coppice.actor.Fates;
import io.coppice.actor.Node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until nothing goes on in a node. */
final class Quiescence {

    private static final int SPINS = 20_000;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Node node;
    private final Duration patience;

    /**
     * @param patience how long to wait before giving up
     */
    Quiescence(Node node, Duration patience) {
        this.node = node;
        this.patience = patience;
    }

    /**
     * Waits until no process runs or has anything to do and no timer is set.
     *
     * @throws IllegalStateException if that does not come about
     */
    void await() {
        long start = System.nanoTime();
        for (long spins = 0; !isQuiet(); spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new IllegalStateException(
                        "no quiet after "
                                + patience
                                + ": "
                                + node.fates()
                                + ", timers: "
                                + node.timers());
            }
        }
    }

    // A timer that fires between two readings would be seen by neither; but then a message is
    // accepted.
    private boolean isQuiet() {
        Fates before = node.fates();
        return before.isBalanced()
                && node.timers() == 0
                && node.fates().accepted() == before.accepted();
    }
}
