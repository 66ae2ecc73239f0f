package io.coppice.conformance;

import io.coppice.actor.Fates;
import io.coppice.actor.Node;
import io.coppice.process.ExitReason;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Waits until nothing goes on in a node. */
final class Quiescence {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SPINS = 20_000;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Node node;
    private final LongSupplier happenings;

    /**
     * @param happenings how much has happened so far
     */
    Quiescence(Node node, LongSupplier happenings) {
        this.node = node;
        this.happenings = happenings;
    }

    /**
     * Waits until no process runs or has anything to do, and no timer is set.
     *
     * <p>A timer that is set for longer than the scenario announces counts as one for ever: a held
     * worker that has the default of 5 s to stop, for example.
     *
     * @param longestWaitMillis how long nothing may happen although a timer is set
     * @throws IllegalStateException if there is no quiet
     */
    void await(long longestWaitMillis) {
        long limit = TimeUnit.MILLISECONDS.toNanos(longestWaitMillis) + GRACE_NANOS;
        long start = System.nanoTime();
        long lastChange = start;
        long seen = happenings.getAsLong();
        boolean haveTimersFired = false;
        for (long spins = 0; !isQuiet(); spins++) {
            long now = System.nanoTime();
            long happened = happenings.getAsLong();
            if (happened != seen) {
                seen = happened;
                lastChange = now;
                haveTimersFired = false;
            } else if (now - lastChange > limit && node.fates().isBalanced()) {
                if (haveTimersFired) {
                    return;
                }
                awaitTimers();
                haveTimersFired = true;
            }
            if (now - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "no quiet after "
                                + PATIENCE
                                + ": "
                                + node.fates()
                                + ", timers: "
                                + node.timers());
            }
            pause(spins);
        }
    }

    /**
     * On a machine that is busy with other things a timer may fire late, later than the limit. It
     * fires before one that is set now.
     */
    private void awaitTimers() {
        var probe =
                node.<Boolean>spawn(
                        context -> {
                            context.timers().after(Duration.ofNanos(1), true);
                            return fired -> context.stop(ExitReason.NORMAL);
                        });
        node.ended(probe.pid()).join();
    }

    private static void pause(long spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(PAUSE_NANOS);
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
