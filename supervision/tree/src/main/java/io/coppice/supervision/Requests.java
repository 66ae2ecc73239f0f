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

    static Step serve(SupervisorState state, Request request) {
        var children = state.children();
        return switch (request) {
            case StartChild<?> start -> startChild(state, start);

            case TerminateChild(var id, var replyTo) ->
                    children.withId(id)
                            .map(child -> terminate(state, child, replyTo))
                            .getOrElse(() -> refuse(state, replyTo, new Refusal.NotFound()));

            case RestartChild(var id, var replyTo) ->
                    restartChild(state, children.withId(id), replyTo);

            case DeleteChild(var id, var replyTo) ->
                    deleteChild(state, children.withId(id), replyTo);

            case WhichChildren(var replyTo) ->
                    answer(
                            state,
                            replyTo,
                            children.inOrder().reverse().map(Slot::info).toJavaList());

            case CountChildren(var replyTo) -> state.unchanged().and(count(state, replyTo));

            case GetChildSpec(var id, var replyTo) ->
                    answer(
                            state,
                            replyTo,
                            children.withId(id).<ChildSpec<?>>map(Slot::spec).toJavaOptional());

            case Stop(var reason) -> state.terminate(reason);
        };
    }

    static Step serve(SupervisorState state, Inner.DynamicRequest request) {
        return switch (request) {
            case Inner.DynamicRequest.StartAnother(var child, var replyTo) ->
                    startAnother(state, child, replyTo);

            case Inner.DynamicRequest.TerminateOne(var pid, var replyTo) ->
                    state.children()
                            .withPid(pid)
                            .map(child -> terminate(state, child, replyTo))
                            .getOrElse(
                                    () ->
                                            state.unchanged()
                                                    .and(new Effect.AnswerIfDead(replyTo, pid)));

            case Inner.DynamicRequest.AnswerInTurn<?> known -> answerInTurn(state, known);
        };
    }

    private static <R> Step answerInTurn(
            SupervisorState state, Inner.DynamicRequest.AnswerInTurn<R> known) {
        return answer(state, known.replyTo(), known.answer());
    }

    // Starting

    private static <M> Step startChild(SupervisorState state, StartChild<M> request) {
        var child = request.child();
        var replyTo = untyped(request.replyTo());
        var rules = state.rules();
        var problems = Specs.problemsOfChild(rules.id(), rules.autoShutdown(), child);
        if (!problems.isEmpty()) {
            return refuseStart(state, replyTo, new Refusal.BadSpec(problems));
        }
        return state.children()
                .withId(child.id())
                .map(there -> refuseStart(state, replyTo, present(there)))
                .getOrElse(() -> startNew(state, child, replyTo));
    }

    private static Refusal present(Slot child) {
        return child.isRunning()
                ? new Refusal.AlreadyStarted(child.pid())
                : new Refusal.AlreadyPresent();
    }

    private static Step startAnother(
            SupervisorState state, Child<?> child, ReplyTo<ChildStart<?>> replyTo) {
        int max = state.rules().maxChildren();
        return state.children().slots().size() < max
                ? startNew(state, child, replyTo)
                : refuseStart(state, replyTo, new Refusal.MaxChildren(max));
    }

    private static Step startNew(
            SupervisorState state, ChildSpec<?> child, ReplyTo<ChildStart<?>> replyTo) {
        var children = state.children().plus(child);
        return start(
                state.with(children),
                children.slot(children.newest()),
                new Purpose.Start(replyTo, true));
    }

    private static Step restartChild(
            SupervisorState state, Option<Slot> found, ReplyTo<ChildStart<?>> replyTo) {
        return whyNotStopped(found)
                .map(why -> refuseStart(state, replyTo, why))
                .getOrElse(() -> start(state, found.get(), new Purpose.Start(replyTo, false)));
    }

    private static Step start(SupervisorState state, Slot child, Purpose purpose) {
        return Operation.proceed(state, Work.starting(List.of(child), purpose));
    }

    // Stopping and forgetting

    private static Step terminate(SupervisorState state, Slot child, ReplyTo<Outcome> replyTo) {
        return child.isRunning()
                ? Operation.proceed(
                        state, Work.stopping(List.of(child), new Purpose.Terminate(replyTo)))
                : answer(state.withEnded(child), replyTo, new Outcome.Done())
                        .and(new Effect.CallOff(child.place()));
    }

    private static Step deleteChild(
            SupervisorState state, Option<Slot> found, ReplyTo<Outcome> replyTo) {
        return whyNotStopped(found)
                .map(why -> refuse(state, replyTo, why))
                .getOrElse(() -> answer(state.without(found.get()), replyTo, new Outcome.Done()));
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
    private static Effect count(SupervisorState state, ReplyTo<ChildCount> replyTo) {
        var all = state.children().inOrder();
        int supervisors = all.count(child -> child.spec().type() == ChildType.SUPERVISOR);
        int workers = all.size() - supervisors;
        var running = all.filter(Slot::isRunning);
        if (state.rules().isDynamic()) {
            return new Effect.Answer<>(
                    replyTo, new ChildCount(1, running.size(), supervisors, workers));
        }
        var count = new ChildCount(all.size(), 0, supervisors, workers);
        return new Effect.AnswerCount(replyTo, count, running.map(Slot::pid));
    }

    private static <R> Step answer(SupervisorState state, ReplyTo<R> replyTo, R answer) {
        return state.unchanged().and(new Effect.Answer<>(replyTo, answer));
    }

    private static Step refuse(SupervisorState state, ReplyTo<Outcome> replyTo, Refusal why) {
        return answer(state, replyTo, new Outcome.Refused(why));
    }

    private static Step refuseStart(
            SupervisorState state, ReplyTo<ChildStart<?>> replyTo, Refusal why) {
        return answer(state, replyTo, new ChildStart.Refused<>(why));
    }

    @SuppressWarnings("unchecked") // what is answered is the start of the child that was asked for
    static <M> ReplyTo<ChildStart<?>> untyped(ReplyTo<ChildStart<M>> replyTo) {
        return (ReplyTo<ChildStart<?>>) (ReplyTo<?>) replyTo;
    }
}
