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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One answer that somebody waits for. A reply, the end of the process asked and the end of patience
 * race; the first settles it, and only the first is told.
 */
final class PendingReply<R> extends AtomicBoolean implements ReplyTo<R>, Watcher {

    private static final long serialVersionUID = 1;

    private final transient LocalNode node;
    private final transient Consumer<Answer<R>> tell;
    private final transient int mark;
    private final transient @Nullable Scope scope;

    /** Who was asked; null as long as that is not known. */
    private transient volatile @Nullable LocalProcess<?> callee;

    private transient volatile @Nullable Alarm alarm;

    /**
     * @param scope what is not drained before this is settled
     */
    PendingReply(LocalNode node, Consumer<Answer<R>> tell, @Nullable Scope scope) {
        this.node = node;
        this.tell = tell;
        this.scope = scope;
        this.mark = node.mark();
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
        if (compareAndSet(false, true)) {
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
        var answer = new Answer.Received<>(requireNonNull(reply, "reply"));
        var sender = Seat.process();
        if (sender == null) {
            settleOrCount(answer);
        } else if (!sender.whileAlive(() -> settleOrCount(answer))) {
            node.tally().refused(Refused.SENDER_DEAD);
        }
        if (get()) {
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

    private void settleOrCount(Answer<R> answer) {
        if (!settle(answer)) {
            node.tally().refused(Refused.ANSWERED_BEFORE);
        }
    }

    @Override
    public void gone(ExitReason reason) {
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
        if (get()) {
            set.cancel();
        }
    }

    private boolean settle(Answer<R> answer) {
        if (!compareAndSet(false, true)) {
            return false;
        }
        tell.accept(answer);
        leaveScope();
        return true;
    }

    private void stopClock() {
        var set = alarm;
        if (set != null) {
            set.cancel();
        }
    }

    @Override
    public boolean isCall() {
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return mark != 0 ? mark : super.hashCode();
    }

    @Override
    public String toString() {
        return "reply expected from " + (callee == null ? "whoever takes the name" : callee);
    }
}
