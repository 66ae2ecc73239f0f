package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Pid;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Code that runs until it is interrupted, in a process of its own. That process is gone as soon as
 * it is killed, but its code may take a while to come back; so another stands before it, the {@link
 * Service}, which counts as gone only then.
 *
 * @param end completes when the code has come back
 */
record Loop(Node node, Pid process, CompletableFuture<Void> end) {

    static Service<Loop> service(Child.Run body) {
        requireNonNull(body, "body");
        return new Service<>(
                context -> start(body, context),
                (context, loop) -> context.open(loop.process),
                Loop::stop,
                loop -> Optional.of(loop.end));
    }

    /**
     * Waits until the process stands before its code, which it enters when it is opened. A kill may
     * come just then: who is the first to take the turn decides whether the process gets there at
     * all, or is waited for.
     */
    private static Loop start(Child.Run body, Context<?> context) {
        var end = new CompletableFuture<Void>();
        var isTaken = new AtomicBoolean();
        Program<Void> program =
                (inner, inbox) -> {
                    try {
                        if (isTaken.compareAndSet(false, true)) {
                            inbox.awaitOpened();
                            body.run(inner.node());
                        }
                        end.complete(null);
                    } catch (Throwable thrown) {
                        end.completeExceptionally(thrown);
                    }
                };
        var options =
                SpawnOptions.<Void>defaults()
                        .withLabel(context.self().pid().label() + " (loop)")
                        .source()
                        .withHeldShut();
        try {
            var process = context.startLinked(program, options).pid();
            return new Loop(context.node(), process, end);
        } catch (Throwable killed) {
            if (!isTaken.compareAndSet(false, true)) {
                awaitReturn(end, context.node());
            }
            throw killed;
        }
    }

    private void stop() {
        node.kill(process);
        awaitReturn(end, node);
    }

    /** Whatever happens to the waiting thread: the next incarnation must not start before. */
    private static void awaitReturn(CompletableFuture<Void> end, Node node) {
        var back = end.handle((nothing, thrown) -> "has come back");
        boolean interrupted = false;
        while (!back.isDone()) {
            try {
                node.await(back);
            } catch (InterruptedException later) {
                interrupted = true;
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
