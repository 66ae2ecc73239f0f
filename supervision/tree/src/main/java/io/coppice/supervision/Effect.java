package io.coppice.supervision;

import io.coppice.actor.ReplyTo;
import io.coppice.internal.table.Trie;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.vavr.collection.Seq;

import java.time.Duration;

/** What the actor must do after a {@link Turn} of its supervisor. */
sealed interface Effect {

    /** Start {@code what.child}, linked, and note its pid there at once. Always the last effect. */
    record Start(Phase.Starting what) implements Effect {}

    /** Open {@code pids}, which were held shut, in their order. */
    record OpenAll(Trie<Pid> pids) implements Effect {}

    /** Have the end of {@code pid} reported as {@code Down}. */
    record Watch(Pid pid) implements Effect {}

    /** Ask {@code pid} to stop: an exit signal {@code Shutdown}. */
    record AskToStop(Pid pid) implements Effect {}

    /** Have {@code pid} finish what it has accepted, and report {@code Drained} then. */
    record Drain(Pid pid) implements Effect {}

    record Kill(Pid pid) implements Effect {}

    /** Report {@code TimeOver} after {@code delay}; there is one timer at most. */
    record SetTimer(Duration delay) implements Effect {}

    record CancelTimer() implements Effect {}

    /** Send {@code message} to oneself, behind all that has arrived. */
    record SendSelf(Inner message) implements Effect {}

    /** Send {@code message} to oneself when {@code delay} has passed. */
    record SendSelfAfter(Duration delay, Inner message) implements Effect {}

    /**
     * Send {@code next} to oneself after a while.
     *
     * @param atMost how long at most
     * @param jitter up to what part of it, at random, is left out; from 0 to 1
     */
    record TryAgainAfter(Duration atMost, double jitter, Inner.TryAgain next) implements Effect {}

    /** Do not send the {@code TryAgain} of the child at {@code place}, if it waits. */
    record CallOff(long place) implements Effect {}

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

    /** Something that people, and listeners, should know. */
    record Tell(TreeEvent event) implements Effect {}
}
