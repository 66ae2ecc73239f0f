package io.coppice.supervision;

import io.coppice.actor.ReplyTo;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.vavr.collection.Seq;

import java.time.Duration;

/** What the actor must do for a {@link SupervisorState}. */
sealed interface Effect {

    /** Start {@code child}, linked, and report {@code Spawned} at once. Always the last effect. */
    record Start(ChildSpec<?> child) implements Effect {}

    /** Have the end of {@code pid} reported as {@code Down}. */
    record Watch(Pid pid) implements Effect {}

    /** Ask {@code pid} to stop: an exit signal {@code Shutdown}. */
    record AskToStop(Pid pid) implements Effect {}

    record Kill(Pid pid) implements Effect {}

    /** Report {@code TimeOver} after {@code delay}; there is one timer at most. */
    record SetTimer(Duration delay) implements Effect {}

    record CancelTimer() implements Effect {}

    /** Send {@code message} to oneself, behind all that has arrived. */
    record SendSelf(Inner message) implements Effect {}

    /** Send {@code message} to oneself when {@code delay} has passed. */
    record SendSelfAfter(Duration delay, Inner message) implements Effect {}

    record Answer<R>(ReplyTo<R> replyTo, R answer) implements Effect {
        void send() {
            replyTo.send(answer);
        }
    }

    /** Answer with {@code count}, where {@code active} is how many of {@code running} are alive. */
    record AnswerCount(ReplyTo<ChildCount> replyTo, ChildCount count, Seq<Pid> running)
            implements Effect {}

    /** Answer that it is done if {@code pid} is dead, and that there is no such child if not. */
    record AnswerIfDead(ReplyTo<Outcome> replyTo, Pid pid) implements Effect {}

    /** The supervisor's own start is done. */
    record Started() implements Effect {}

    /** The supervisor ends. Always the last effect. */
    record End(ExitReason reason) implements Effect {}

    /** Something that people should know. */
    sealed interface Report extends Effect {

        /** A child ended by itself. */
        record ChildEnded(ChildSpec<?> child, Pid pid, ExitReason reason, boolean isRestarted)
                implements Report {}

        /** A child did not start, at the supervisor's own start or when it was restarted. */
        record StartFailed(ChildSpec<?> child, StartFailure failure, boolean isTriedAgain)
                implements Report {}

        /** The restart of {@code child} would be one too many. */
        record GivingUp(ChildSpec<?> child, RestartBudget budget) implements Report {}

        /** A child was killed, since it did not stop in time. */
        record Late(ChildSpec<?> child, Pid pid) implements Report {}

        /** A child ended with another reason than that with which it was stopped. */
        record StoppedOddly(ChildSpec<?> child, Pid pid, ExitReason reason) implements Report {}
    }
}
