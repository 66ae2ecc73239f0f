package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Answer;
import io.coppice.actor.Fates.Refused;
import io.coppice.actor.Offer;
import io.coppice.actor.ReplyTo;
import io.coppice.internal.mailbox.Scope;
import io.coppice.process.ExitReason;
import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One answer that somebody waits for. A reply, the end of the process asked and the end of patience
 * race; the first settles it, and only the first is told.
 */
final class PendingReply<R> extends Watcher implements ReplyTo<R> {

    /** In the place of an answer at which nobody looks: whoever asked was told, or has given up. */
    private static final Object UNREAD = new Object();

    private final LocalNode node;
    private final @Nullable Consumer<Answer<R>> tell;
    private final @Nullable Scope scope;

    /** Who was asked; null as long as that is not known. */
    private volatile @Nullable LocalProcess<?> callee;

    private volatile @Nullable Alarm alarm;

    /**
     * Whoever completes it settles this, and by nothing else: every further step would wait for the
     * line of the cache at which the caller looks. It holds the reply itself, or an {@link Answer}
     * of another kind: an object around the reply were one more line for the caller to wait for.
     */
    private final CompletableFuture<Object> answer = new CompletableFuture<>();

    /**
     * @param tell told of the answer, in the thread that settles it; null if nobody is, because
     *     somebody waits for {@link #answer}
     * @param scope what is not drained before this is settled
     */
    PendingReply(LocalNode node, @Nullable Consumer<Answer<R>> tell, @Nullable Scope scope) {
        this.node = node;
        this.tell = tell;
        this.scope = scope;
        if (scope != null) {
            scope.enter();
        }
    }

    /**
     * Makes the message that asks for this. Its making is user code; if it throws, nobody waits.
     */
    <T> T message(Function<ReplyTo<R>, ? extends T> request) {
        try {
            return requireNonNull(request.apply(this), "message of a request");
        } catch (Throwable thrown) {
            forsake();
            throw thrown;
        }
    }

    /** Nobody waits for it any more, and nobody is told. */
    void forsake() {
        if (answer.complete(UNREAD)) {
            leaveScope();
            unwatch();
            stopClock();
        }
    }

    private void leaveScope() {
        if (scope != null) {
            scope.leave();
        }
    }

    /** It is {@code process} that will be asked. */
    void askedOf(LocalProcess<?> process) {
        callee = process;
    }

    @Override
    public void send(R reply) {
        node.beforeAct();
        var settling = wrapped(requireNonNull(reply, "reply"));
        var sender = Seat.process();
        if (sender == null) {
            settleOrCount(settling);
        } else if (!sender.whileAlive(() -> settleOrCount(settling))) {
            node.tally().refused(Refused.SENDER_DEAD);
        }
        if (isSettled()) {
            unwatch();
            stopClock();
        }
    }

    private void unwatch() {
        var asked = callee;
        if (asked != null) {
            asked.unwatch(this);
        }
    }

    /** The message was not taken. */
    void refused(Offer why) {
        if (settle(new Answer.Refused<>(why))) {
            unwatch();
            stopClock();
        }
    }

    private void settleOrCount(Object settling) {
        if (!settle(settling)) {
            node.tally().refused(Refused.ANSWERED_BEFORE);
        }
    }

    @Override
    void gone(ExitReason reason) {
        settle(new Answer.Ended<>(reason));
        stopClock();
    }

    /** Patience is over. */
    void timedOut(Duration timeout) {
        if (settle(new Answer.TimedOut<>(timeout))) {
            unwatch();
        }
    }

    /** Sets the end of patience. */
    void expireAfter(Duration timeout) {
        var set = node.after(timeout, () -> timedOut(timeout));
        alarm = set;
        if (isSettled()) {
            set.cancel();
        }
    }

    private boolean settle(Object settling) {
        // Made before anything is settled: there may be no room for it.
        var told = tell == null ? null : asAnswer(settling);
        if (!answer.complete(told == null ? settling : UNREAD)) {
            return false;
        }
        if (tell != null && told != null) {
            tell.accept(told);
        }
        leaveScope();
        return true;
    }

    /** Whether nobody waits for it any more. */
    boolean isSettled() {
        return answer.isDone();
    }

    /** Completed when this is settled; {@link #asAnswer} says with what. */
    CompletableFuture<Object> answer() {
        return answer;
    }

    /** So that a reply that is an answer is not taken for the answer. */
    private static Object wrapped(Object reply) {
        return reply instanceof Answer ? new Answer.Received<>(reply) : reply;
    }

    @SuppressWarnings("unchecked") // an R, or an answer to a request for one
    Answer<R> asAnswer(Object settled) {
        return settled instanceof Answer<?> it
                ? (Answer<R>) it
                : new Answer.Received<>((R) settled);
    }

    private void stopClock() {
        var set = alarm;
        if (set != null) {
            set.cancel();
        }
    }

    @Override
    boolean isCall() {
        return true;
    }

    @Override
    public String toString() {
        return "reply expected from " + (callee == null ? "whoever takes the name" : callee);
    }
}
