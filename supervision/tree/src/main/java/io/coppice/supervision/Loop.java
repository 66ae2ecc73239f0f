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
                context -> start(body, context), Loop::stop, loop -> Optional.of(loop.end));
    }

    /** Waits until the code is entered, so that it can be waited for. */
    private static Loop start(Child.Run body, Context<?> context) {
        var end = new CompletableFuture<Void>();
        Program<Void> program =
                (inner, inbox) -> {
                    try {
                        inner.started();
                        body.run(inner.node());
                        end.complete(null);
                    } catch (Throwable thrown) {
                        end.completeExceptionally(thrown);
                    }
                };
        var options = SpawnOptions.<Void>defaults().withLabel(context.self().pid().label());
        var process = context.startLinked(program, options).pid();
        return new Loop(context.node(), process, end);
    }

    private void stop() throws InterruptedException {
        node.kill(process);
        try {
            end.get();
        } catch (ExecutionException interrupted) {
            // However it takes the interrupt, it has come back.
        }
    }
}
