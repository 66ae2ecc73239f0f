package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Answer;
import io.coppice.actor.CallInterrupted;
import io.coppice.actor.CallTimeout;
import io.coppice.actor.CalleeEnded;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.ReplyTo;
import io.coppice.internal.mailbox.Envelope;
import io.coppice.process.ExitReason;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Requests that wait for an answer. */
final class Calls {

    private Calls() {}

    static <M, R> R call(
            LocalProcess<M> callee, Function<ReplyTo<R>, ? extends M> request, Duration timeout) {
        requirePositive(timeout);
        requireNotSelf(callee);
        var answer = new CompletableFuture<Answer<R>>();
        var pending = new PendingReply<R>(callee, answer::complete);
        var message = requireNonNull(request.apply(pending), "message of a call");
        if (!callee.watch(pending)) {
            throw new CalleeEnded(callee.toString(), ExitReason.NO_PROCESS);
        }
        callee.deliver(new Envelope(message));
        return switch (await(callee, answer, pending, timeout)) {
            case Answer.Received<R>(var value) -> value;
            case Answer.TimedOut<R>(var late) -> throw new CallTimeout(callee.toString(), late);
            case Answer.Ended<R>(var reason) -> throw new CalleeEnded(callee.toString(), reason);
        };
    }

    /** The process behind {@code target} now, or null. */
    @SuppressWarnings("unchecked") // an address says what its process understands
    static <T> @Nullable LocalProcess<T> find(ActorRef<T> target) {
        try {
            return (LocalProcess<T>) LocalProcess.of(target.pid());
        } catch (NoSuchProcess nobody) {
            return null;
        }
    }

    private static <R> Answer<R> await(
            LocalProcess<?> callee,
            CompletableFuture<Answer<R>> answer,
            PendingReply<R> pending,
            Duration timeout) {
        try {
            return await(callee.node, answer, LocalNode.nanos(timeout));
        } catch (TimeoutException late) {
            pending.timedOut(timeout);
            return answer.join(); // settled by now, perhaps by an answer after all
        } catch (InterruptedException interrupted) {
            pending.timedOut(timeout);
            throw interrupted(callee);
        }
    }

    /**
     * Makes the calling thread wait for {@code result}.
     *
     * @param node whose scheduler sees to it, unless a process of another waits
     */
    static <T> T await(LocalNode node, CompletableFuture<T> result, long nanos)
            throws InterruptedException, TimeoutException {
        var caller = Seat.process();
        return (caller == null ? node : caller.node).scheduler.await(result, nanos);
    }

    /** {@link #await}, for as long as it takes, interrupted or not. */
    static <T> T join(LocalNode node, CompletableFuture<T> result) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return await(node, result, Long.MAX_VALUE);
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (TimeoutException never) {
                    throw new IllegalStateException(never);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What to throw when the calling thread was interrupted: it may be its process's end. */
    static RuntimeException interrupted(LocalProcess<?> callee) {
        var caller = Seat.process();
        if (caller != null) {
            caller.requireAlive();
        }
        Thread.currentThread().interrupt();
        return new CallInterrupted(callee.toString());
    }

    static void requirePositive(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "timeout: " + timeout + ", must be greater than zero");
        }
    }

    private static void requireNotSelf(LocalProcess<?> callee) {
        callee.node.beforeAct();
        var caller = Seat.process();
        if (caller == callee) {
            throw new IllegalStateException(callee + " calls itself, and would wait for ever");
        }
        if (caller != null) {
            caller.requireAlive();
        }
    }
}
