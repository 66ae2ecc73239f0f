package io.coppice.internal.run;

import static java.util.Objects.requireNonNull;

import io.coppice.actor.Answer;
import io.coppice.actor.Fates.Refused;
import io.coppice.actor.ReplyTo;
import io.coppice.process.ExitReason;
import io.coppice.spi.Scheduler.Alarm;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One answer that somebody waits for. A reply, the end of the process asked and the end of patience
 * race; the first settles it, and only the first is told.
 */
final class PendingReply<R> extends AtomicBoolean implements ReplyTo<R>, Watcher {

    private static final long serialVersionUID = 1;

    private final transient LocalProcess<?> callee;
    private final transient Consumer<Answer<R>> tell;
    private final transient int mark;
    private transient volatile @Nullable Alarm alarm;

    PendingReply(LocalProcess<?> callee, Consumer<Answer<R>> tell) {
        this.callee = callee;
        this.tell = tell;
        this.mark = callee.node.mark();
    }

    @Override
    public void send(R reply) {
        callee.node.beforeAct();
        var answer = new Answer.Received<>(requireNonNull(reply, "reply"));
        var sender = Seat.process();
        if (sender == null) {
            settleOrCount(answer);
        } else if (!sender.whileAlive(() -> settleOrCount(answer))) {
            callee.node.tally().refused(Refused.SENDER_DEAD);
        }
        if (get()) {
            callee.unwatch(this);
            stopClock();
        }
    }

    private void settleOrCount(Answer<R> answer) {
        if (!settle(answer)) {
            callee.node.tally().refused(Refused.ANSWERED_BEFORE);
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
            callee.unwatch(this);
        }
    }

    /** Sets the end of patience. */
    void expireAfter(Duration timeout) {
        var set = callee.node.after(timeout, () -> timedOut(timeout));
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
        return "reply expected from " + callee;
    }
}
