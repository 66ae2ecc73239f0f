package io.coppice.internal.run;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Answer;
import io.coppice.actor.CallInterrupted;
import io.coppice.actor.CallRefused;
import io.coppice.actor.CallTimeout;
import io.coppice.actor.CalleeEnded;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.Offer;
import io.coppice.actor.ReplyTo;

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
        requireNotSelf(callee);
        return call(callee.node, callee, request, timeout);
    }

    static <M, R> R call(
            LocalNode node,
            Askable callee,
            Function<ReplyTo<R>, ? extends M> request,
            Duration timeout) {
        requirePositive(timeout);
        long start = node.clock().nanoTime();
        long nanos = LocalNode.nanos(timeout);
        var pending = new PendingReply<R>(node, null, null);
        callee.ask(pending, pending.message(request), nanos);
        long left = Math.max(0, nanos - (node.clock().nanoTime() - start));
        return switch (pending.asAnswer(await(node, callee, pending, left, timeout))) {
            case Answer.Received<R>(var value) -> value;
            case Answer.TimedOut<R>(var late) -> throw new CallTimeout(callee.toString(), late);
            case Answer.Ended<R>(var reason) -> throw new CalleeEnded(callee.toString(), reason);
            case Answer.Refused<R>(var offer) -> throw refused(node, callee, offer);
        };
    }

    private static CallRefused refused(LocalNode node, Askable callee, Offer offer) {
        if (offer instanceof Offer.Gated) {
            Delivery.awaitEndOfSource(node, Delivery.sender(node));
        }
        return new CallRefused(callee.toString(), offer);
    }

    /** What can be asked behind {@code target}, or null if nobody is there. */
    static @Nullable Askable find(ActorRef<?> target) {
        if (target instanceof Askable own) {
            return own;
        }
        try {
            return LocalProcess.of(target.pid());
        } catch (NoSuchProcess nobody) {
            return null;
        }
    }

    private static <R> Object await(
            LocalNode node, Askable callee, PendingReply<R> pending, long nanos, Duration timeout) {
        try {
            return await(node, pending.answer(), nanos);
        } catch (TimeoutException late) {
            pending.timedOut(timeout);
            return pending.answer().join(); // settled by now, perhaps by an answer after all
        } catch (InterruptedException interrupted) {
            pending.timedOut(timeout);
            throw interrupted(callee);
        } catch (RuntimeException | Error cannotWait) {
            pending.forsake();
            throw cannotWait;
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
    static RuntimeException interrupted(Object callee) {
        var caller = Seat.process();
        if (caller != null) {
            caller.unwindIfDead();
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

    static long requireNotNegative(Duration patience) {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience: " + patience + ", must not be negative");
        }
        return LocalNode.nanos(patience);
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
