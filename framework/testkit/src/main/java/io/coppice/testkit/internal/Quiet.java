package io.coppice.testkit.internal;

import io.coppice.actor.Node;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a node with threads to come to rest. */
public final class Quiet {

    private static final long LOOK_NANOS = 20_000;

    private Quiet() {}

    /**
     * Returns when every accepted message of {@code node} has met its fate.
     *
     * @throws AssertionError if that takes longer than {@code patience}
     */
    public static void await(Node node, Duration patience) {
        long begin = node.clock().nanoTime();
        while (!node.fates().isBalanced()) {
            if (node.clock().nanoTime() - begin > patience.toNanos()) {
                throw new AssertionError(
                        "not at rest after %s: some message has no fate: %s"
                                .formatted(patience, node.fates()));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
