package io.coppice.internal.run;

import io.coppice.actor.ShutdownReport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a node: it comes once, whoever asks for it and how often, from outside, from a
 * process, or from the JVM.
 */
final class Ending {

    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final LocalNode node;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<ShutdownReport> closed = new CompletableFuture<>();
    private final @Nullable Thread hook;

    /** What happens while the node stops; null before. */
    private volatile @Nullable StopLog log;

    /**
     * @param withJvm whether the node ends when the JVM does
     */
    Ending(LocalNode node, boolean withJvm) {
        this.node = node;
        this.hook = withJvm ? addHook() : null;
    }

    boolean isBegun() {
        return begun.get();
    }

    @Nullable StopLog log() {
        return log;
    }

    StopLog startLog() {
        var started = new StopLog(node.clock().nanoTime(), node.fates());
        log = started;
        return started;
    }

    /** Ends the node, and waits for that. */
    ShutdownReport stop(long patienceNanos) {
        var caller = Seat.process();
        if (caller == null || caller.node != node) {
            node.requireNoZombie();
            return Calls.join(node, begin(patienceNanos));
        }
        caller.trap(null); // Before the exit signal that is to end it can come.
        node.requireNoZombie();
        return stopFrom(caller, begin(patienceNanos));
    }

    /**
     * A process waits for the end of its node, which waits for it: so it is to end by the first
     * exit signal, and what it is about is no work that a drain waits for.
     */
    private ShutdownReport stopFrom(
            LocalProcess<?> caller, CompletableFuture<ShutdownReport> report) {
        var scope = caller.isAtWork() ? caller.scope() : null;
        if (scope != null) {
            scope.leave();
        }
        try {
            return Calls.await(node, report, Long.MAX_VALUE);
        } catch (InterruptedException | TimeoutException interrupted) {
            throw Calls.interrupted(node);
        } finally {
            if (scope != null) {
                scope.enter(); // its handler returns, and is counted out once more
            }
        }
    }

    CompletableFuture<ShutdownReport> begin(long patienceNanos) {
        if (begun.compareAndSet(false, true)) {
            var stop = new NodeStop(node, patienceNanos);
            node.scheduler.aside("stop of node", () -> finish(stop));
        } else {
            node.gate().shut(); // Whoever came first may not have got to it yet.
        }
        return closed.copy();
    }

    private void finish(NodeStop stop) {
        var report = node.carryOut(stop);
        removeHook();
        closed.complete(report);
    }

    private Thread addHook() {
        var added = new Thread(() -> Reports.stopped(node.stop(FOR_EVER)), "end of JVM");
        Runtime.getRuntime().addShutdownHook(added);
        return added;
    }

    private void removeHook() {
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // The JVM ends, and the hook waits for this.
            }
        }
    }
}
