package io.coppice.supervision;

import io.coppice.actor.ReplyTo;
import io.coppice.actor.StartFailure;
import io.coppice.actor.StartResult;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;
import io.coppice.supervision.RestartBudget.Cost;

/** What a supervisor hears that is no request of a user. */
sealed interface Inner extends Supervisor.Message {

    /** The actor has been made: start the children. */
    record Boot() implements Inner {}

    /** All that start together with this supervisor, up to the root, are up. */
    record Opened() implements Inner {}

    /** The parent sent an exit signal, or died. */
    record ToldToEnd(ExitReason reason) implements Inner {}

    /** An order of the parent has waited for as long as it may. */
    record OrderIsDue() implements Inner {}

    /** Somebody linked died, or sent an exit signal: a child, or a stranger. */
    record Exit(Exited news) implements Inner {}

    /**
     * The restart of a child failed, or had to wait, and its turn has come.
     *
     * @param incarnation the one that failed; if there was a later one this is out of date
     */
    record TryAgain(long place, int incarnation, Cost cost) implements Inner {
        static TryAgain of(Slot child, Cost cost) {
            return new TryAgain(child.place(), child.incarnation(), cost);
        }
    }

    /** What a dynamic supervisor is asked; the rest of its requests is that of any. */
    sealed interface DynamicRequest extends Inner {

        record StartAnother(Child<?> child, ReplyTo<ChildStart<?>> replyTo)
                implements DynamicRequest {}

        record TerminateOne(Pid pid, ReplyTo<Outcome> replyTo) implements DynamicRequest {}

        /** The answer is known beforehand, but waits its turn. */
        record AnswerInTurn<R>(ReplyTo<R> replyTo, R answer) implements DynamicRequest {}
    }

    /** News of the operation under way. Does not wait for its turn: others wait for it. */
    sealed interface Progress extends Inner {

        /** Its init is done. */
        record Up(StartResult.Running<?> news) implements Progress {}

        /** It did not start. */
        record Failed(StartFailure failure) implements Progress {}

        /** A child that is being stopped is gone. */
        record Down(Pid pid, ExitReason reason) implements Progress {}

        /** A child that is being stopped has finished what it had accepted. */
        record Drained(Pid pid) implements Progress {}

        /** The time a child has to stop is over. */
        record TimeOver() implements Progress {}
    }
}
