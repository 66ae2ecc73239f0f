package io.coppice.internal.run;

import io.coppice.actor.ShutdownReport;
import io.coppice.actor.ShutdownReport.Drain;
import io.coppice.internal.mailbox.Scope;
import io.coppice.process.ExitReason;
import io.coppice.process.Signal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The end of a node, step by step: shut the gate, let those pass who were in it, finish what was
 * accepted, stop the root, kill what is left. Each step waits for a fact and for no time but what
 * is left of the patience of whoever stops the node; the last looks for its fact every millisecond,
 * so that a message from outside need not say that it has arrived.
 */
final class NodeStop {

    /** Code that has been interrupted comes back soon, or it may never. */
    private static final Duration COMING_BACK = Duration.ofSeconds(1);

    /** So many times {@link #COMING_BACK} nothing is dropped: who does it is held up for good. */
    private static final int MOST_IDLE = 5;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
    private static final int MOST_LATE = 5_000;

    /** How long, at most, what the dead owned may take to close. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final LocalNode node;
    private final long sinceNanos;
    private final long patienceNanos;
    private final StopLog log;
    private final CompletableFuture<Boolean> passed = new CompletableFuture<>();

    /** From here on nothing comes in: whoever has begun a stop can rely on that. */
    NodeStop(LocalNode node, long patienceNanos) {
        this.node = node;
        this.sinceNanos = node.clock().nanoTime();
        this.patienceNanos = patienceNanos;
        this.log = node.logStop();
        node.gate().close(() -> passed.complete(true));
    }

    ShutdownReport run(@Nullable LocalProcess<?> root, Optional<Duration> drainFor) {
        await(passed, leftNanos());
        var drain = drainFor.map(time -> drain(root, time)).orElse(Drain.NOT_ASKED);
        var reason = root == null ? ExitReason.NORMAL : stop(root);
        node.killTheRest();
        awaitTheDead();
        awaitClosings();
        node.names().close();
        awaitTheLate();
        node.closeScheduler();
        return log.report(reason, drain, node);
    }

    private Drain drain(@Nullable LocalProcess<?> root, Duration time) {
        Scope scope = root == null ? null : root.scope();
        if (scope == null) {
            return Drain.NOT_ASKED;
        }
        var quiet = new CompletableFuture<Boolean>();
        scope.close(() -> quiet.complete(true));
        boolean isDone = await(quiet, Math.min(leftNanos(), LocalNode.nanos(time)));
        return isDone ? Drain.COMPLETE : Drain.CUT_SHORT;
    }

    private ExitReason stop(LocalProcess<?> root) {
        var end = node.rootEnd();
        LocalProcess.signal(null, root, new Signal.Exit(ExitReason.SHUTDOWN));
        if (!await(end, leftNanos())) {
            LocalProcess.signal(null, root, new Signal.Kill());
        }
        return Calls.join(node, end);
    }

    /** Emptying the mailboxes of the dead takes the time it takes; code may never come back. */
    private void awaitTheDead() {
        var none = node.noZombies();
        int idle = 0;
        long left = node.fates().underWay();
        while (!await(none, COMING_BACK.toNanos())
                && node.zombies().isEmpty()
                && idle < MOST_IDLE) {
            long now = node.fates().underWay();
            idle = now == left ? idle + 1 : 0;
            left = now;
        }
    }

    private void awaitClosings() {
        long nanos = Math.min(leftNanos(), CLOSING.toNanos());
        if (!await(node.closings().none(), Math.max(nanos, COMING_BACK.toNanos()))) {
            node.closings().report();
        }
    }

    /**
     * A message that was let in just before the gate shut may not have got to its mailbox yet, if
     * the operating system holds up whoever sends it.
     */
    private void awaitTheLate() {
        var never = new CompletableFuture<Void>();
        for (int i = 0; i < MOST_LATE && isAnyLate(); i++) {
            await(never, LOOK_AGAIN.toNanos());
        }
    }

    /** What a zombie has in hand, and behind it, is not late. */
    private boolean isAnyLate() {
        return node.zombies().isEmpty() && !node.fates().isBalanced();
    }

    private long leftNanos() {
        return Math.max(0, patienceNanos - (node.clock().nanoTime() - sinceNanos));
    }

    /**
     * @return whether it came in time
     */
    private boolean await(CompletableFuture<?> fact, long nanos) {
        try {
            Calls.await(node, fact, nanos);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            return false; // nobody interrupts this thread but to hurry it
        }
    }
}
