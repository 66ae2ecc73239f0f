package io.coppice.supervision;

import io.coppice.actor.ReplyTo;
import io.coppice.supervision.Supervisor.Message.CountChildren;
import io.coppice.supervision.Supervisor.Message.DeleteChild;
import io.coppice.supervision.Supervisor.Message.GetChildSpec;
import io.coppice.supervision.Supervisor.Message.Request;
import io.coppice.supervision.Supervisor.Message.RestartChild;
import io.coppice.supervision.Supervisor.Message.StartChild;
import io.coppice.supervision.Supervisor.Message.Stop;
import io.coppice.supervision.Supervisor.Message.TerminateChild;
import io.coppice.supervision.Supervisor.Message.WhichChildren;
import io.coppice.supervision.Work.Purpose;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** What a supervisor does for those who ask: OTP's {@code handle_call}. */
final class Requests {

    private Requests() {}

    static void serve(Turn turn, Request request) {
        var children = turn.children();
        switch (request) {
            case StartChild<?> start -> startChild(turn, start);

            case TerminateChild(var id, var replyTo) -> {
                var found = turn.childWithId(id);
                if (found.isDefined()) {
                    terminate(turn, found.get(), replyTo);
                } else {
                    refuse(turn, replyTo, new Refusal.NotFound());
                }
            }

            case RestartChild(var id, var replyTo) ->
                    restartChild(turn, turn.childWithId(id), replyTo);

            case DeleteChild(var id, var replyTo) ->
                    deleteChild(turn, turn.childWithId(id), replyTo);

            case WhichChildren(var replyTo) ->
                    answer(
                            turn,
                            replyTo,
                            children.inOrder().reverse().map(Slot::info).toJavaList());

            case CountChildren(var replyTo) -> turn.perform(count(turn, replyTo));

            case GetChildSpec(var id, var replyTo) ->
                    answer(
                            turn,
                            replyTo,
                            turn.childWithId(id).<ChildSpec<?>>map(Slot::spec).toJavaOptional());

            case Stop(var reason) -> turn.terminate(reason);
        }
    }

    static void serve(Turn turn, Inner.DynamicRequest request) {
        switch (request) {
            case Inner.DynamicRequest.StartAnother(var child, var replyTo) ->
                    startAnother(turn, child, replyTo);

            case Inner.DynamicRequest.TerminateOne(var pid, var replyTo) -> {
                var found = turn.children().withPid(pid);
                if (found.isDefined()) {
                    terminate(turn, found.get(), replyTo);
                } else {
                    turn.perform(new Effect.AnswerIfDead(replyTo, pid));
                }
            }

            case Inner.DynamicRequest.AnswerInTurn<?> known -> answerInTurn(turn, known);
        }
    }

    private static <R> void answerInTurn(Turn turn, Inner.DynamicRequest.AnswerInTurn<R> known) {
        answer(turn, known.replyTo(), known.answer());
    }

    // Starting

    private static <M> void startChild(Turn turn, StartChild<M> request) {
        var child = request.child();
        var replyTo = untyped(request.replyTo());
        var rules = turn.rules();
        var problems = Specs.problemsOfChild(rules.id(), rules.autoShutdown(), child);
        var there = turn.childWithId(child.id());
        if (!problems.isEmpty()) {
            refuseStart(turn, replyTo, new Refusal.BadSpec(problems));
        } else if (there.isDefined()) {
            refuseStart(turn, replyTo, present(there.get()));
        } else {
            startNew(turn, child, replyTo);
        }
    }

    private static Refusal present(Slot child) {
        return child.isRunning()
                ? new Refusal.AlreadyStarted(child.pid())
                : new Refusal.AlreadyPresent();
    }

    private static void startAnother(Turn turn, Child<?> child, ReplyTo<ChildStart<?>> replyTo) {
        int max = turn.rules().maxChildren();
        if (turn.children().slots().size() < max) {
            startNew(turn, child, replyTo);
        } else {
            refuseStart(turn, replyTo, new Refusal.MaxChildren(max));
        }
    }

    private static void startNew(Turn turn, ChildSpec<?> child, ReplyTo<ChildStart<?>> replyTo) {
        var children = turn.children().plus(child);
        turn.become(children);
        start(turn, children.slot(children.newest()), new Purpose.Start(replyTo, true));
    }

    private static void restartChild(
            Turn turn, Option<Slot> found, ReplyTo<ChildStart<?>> replyTo) {
        var whyNot = whyNotStopped(found);
        if (whyNot.isDefined()) {
            refuseStart(turn, replyTo, whyNot.get());
        } else {
            start(turn, found.get(), new Purpose.Start(replyTo, false));
        }
    }

    private static void start(Turn turn, Slot child, Purpose purpose) {
        Operation.proceed(turn, Work.starting(List.of(child), purpose));
    }

    // Stopping and forgetting

    private static void terminate(Turn turn, Slot child, ReplyTo<Outcome> replyTo) {
        if (child.isRunning()) {
            var purpose = new Purpose.Terminate(replyTo);
            Operation.proceed(turn, Work.stopping(List.of(child), purpose));
        } else {
            turn.stopped(child);
            answer(turn, replyTo, new Outcome.Done());
            turn.perform(new Effect.CallOff(child.place()));
        }
    }

    private static void deleteChild(Turn turn, Option<Slot> found, ReplyTo<Outcome> replyTo) {
        var whyNot = whyNotStopped(found);
        if (whyNot.isDefined()) {
            refuse(turn, replyTo, whyNot.get());
        } else {
            turn.become(turn.children().without(found.get()));
            answer(turn, replyTo, new Outcome.Done());
        }
    }

    /** Only a child that is known and does not run can be restarted or deleted. */
    private static Option<Refusal> whyNotStopped(Option<Slot> child) {
        if (child.isEmpty()) {
            return Option.some(new Refusal.NotFound());
        }
        return switch (child.get().state()) {
            case RUNNING -> Option.some(new Refusal.Running());
            case RESTARTING -> Option.some(new Refusal.Restarting());
            case STOPPED -> Option.none();
        };
    }

    // Answers

    /**
     * Of a static supervisor, {@code active} is who is alive; of a dynamic one, who is believed so.
     */
    private static Effect count(Turn turn, ReplyTo<ChildCount> replyTo) {
        var all = turn.children().inOrder();
        int supervisors = all.count(child -> child.spec().type() == ChildType.SUPERVISOR);
        int workers = all.size() - supervisors;
        var running = all.filter(Slot::isRunning);
        if (turn.rules().isDynamic()) {
            return new Effect.Answer<>(
                    replyTo, new ChildCount(1, running.size(), supervisors, workers));
        }
        var count = new ChildCount(all.size(), 0, supervisors, workers);
        return new Effect.AnswerCount(replyTo, count, running.map(Slot::pid));
    }

    private static <R> void answer(Turn turn, ReplyTo<R> replyTo, R answer) {
        turn.perform(new Effect.Answer<>(replyTo, answer));
    }

    private static void refuse(Turn turn, ReplyTo<Outcome> replyTo, Refusal why) {
        answer(turn, replyTo, new Outcome.Refused(why));
    }

    private static void refuseStart(Turn turn, ReplyTo<ChildStart<?>> replyTo, Refusal why) {
        answer(turn, replyTo, new ChildStart.Refused<>(why));
    }

    @SuppressWarnings("unchecked") // what is answered is the start of the child that was asked for
    static <M> ReplyTo<ChildStart<?>> untyped(ReplyTo<ChildStart<M>> replyTo) {
        return (ReplyTo<ChildStart<?>>) (ReplyTo<?>) replyTo;
    }
}
