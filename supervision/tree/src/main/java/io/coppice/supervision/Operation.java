package io.coppice.supervision;

import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.supervision.Inner.Progress;
import io.coppice.supervision.Phase.Starting;
import io.coppice.supervision.Phase.Stopping;
import io.coppice.supervision.Phase.StoppingAll;
import io.coppice.supervision.Work.Purpose;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

import java.time.Duration;

/** How a supervisor starts and stops children: what OTP's does while it is blocked. */
final class Operation {

    private Operation() {}

    /** The next child, or what the work was for. */
    static Step proceed(SupervisorState state, Work work) {
        if (!work.toStop().isEmpty()) {
            return stop(state, work.toStop().head(), work.afterStop());
        }
        if (!work.toStart().isEmpty()) {
            return start(state, work.toStart().head(), work.afterStart());
        }
        return finish(state, work.purpose());
    }

    private static Step finish(SupervisorState state, Purpose purpose) {
        return switch (purpose) {
            case Purpose.Boot() ->
                    state.tell(state.events().supervisorStarted())
                            .then(SupervisorState::serving)
                            .and(new Effect.Started());

            case Purpose.Restart done -> state.serving();

            case Purpose.Wait(var atMost, var jitter, var next) ->
                    state.serving().and(new Effect.TryAgainAfter(atMost, jitter, next));

            case Purpose.Start asked -> state.serving(); // answered as each case has it

            case Purpose.Terminate(var replyTo) ->
                    state.serving().and(new Effect.Answer<>(replyTo, new Outcome.Done()));

            case Purpose.End(var reason) -> end(state, reason);
        };
    }

    private static Step end(SupervisorState state, ExitReason reason) {
        return state.tell(state.events().supervisorEnded(reason))
                .with(it -> it.in(new Phase.Over()))
                .and(new Effect.End(reason));
    }

    /** News of the operation under way, or of one that was cut short. */
    static Step advance(SupervisorState state, Progress news) {
        return switch (state.phase()) {
            case Starting starting -> advance(state, starting, news);
            case Stopping stopping -> advance(state, stopping, news);
            case StoppingAll stopping -> advance(state, stopping, news);
            case Phase.Serving() -> state.unchanged();
            case Phase.Over() -> state.unchanged();
        };
    }

    // Starting

    private static Step start(SupervisorState state, long place, Work rest) {
        var child = state.children().slot(place);
        return start(state, child.starting(), state.children(), rest);
    }

    /** {@code child} has ended, and is started again without any other. */
    static Step startAgain(SupervisorState state, Slot child, Purpose purpose) {
        var noMore = new Work(List.empty(), List.empty(), purpose);
        var again = child.restarting().starting();
        return start(state, again, state.children().startingAgain(again), noMore);
    }

    private static Step start(SupervisorState state, Slot child, Children next, Work rest) {
        return Step.to(state.in(new Starting(child, Option.none(), rest), next))
                .and(new Effect.Start(child.spec()));
    }

    private static Step advance(SupervisorState state, Starting starting, Progress news) {
        var child = starting.child();
        var cause = starting.rest().purpose().cause();
        return switch (news) {
            case Progress.Up(var ref, var info) ->
                    state.tell(state.events().started(child, ref.pid(), cause))
                            .with(next -> next.withRunning(child, ref.pid()))
                            .then(next -> proceed(next, starting.rest()))
                            .thenOpenDue() // before anybody can know it
                            .and(answer(starting, new ChildStart.Started<>(ref, info)));

            // Nothing runs, and that is as it should be.
            case Progress.Failed(StartFailure.Ignored ignored) ->
                    state.tell(state.events().notStarted(child, ignored, false, cause))
                            .and(answer(starting, new ChildStart.Ignored<>()))
                            .with(next -> next.withEnded(child))
                            .then(next -> proceed(next, starting.rest()));

            case Progress.Failed(var failure) -> failed(state, starting, failure);

            case Progress.Down late -> state.unchanged();
            case Progress.TimeOver late -> state.unchanged();
            case Progress.Drained late -> state.unchanged();
        };
    }

    private static Step failed(SupervisorState state, Starting starting, StartFailure failure) {
        var child = starting.child();
        var purpose = starting.rest().purpose();
        boolean isTriedAgain = purpose instanceof Purpose.Restart;
        var step =
                state.tell(
                        state.events().notStarted(child, failure, isTriedAgain, purpose.cause()));
        return switch (purpose) {
            case Purpose.Boot() -> step.then(next -> next.terminate(failedToStart(child, failure)));

            case Purpose.Restart tried -> step.then(next -> next.tryAgain(child, why(failure)));

            case Purpose.Start(var replyTo, var isNew) ->
                    step.and(answer(starting, refusal(failure)))
                            .with(next -> isNew ? next.without(child) : next.noting(child))
                            .then(SupervisorState::serving);

            case Purpose.Wait startsNothing -> throw new IllegalStateException();
            case Purpose.Terminate startsNothing -> throw new IllegalStateException();
            case Purpose.End startsNothing -> throw new IllegalStateException();
        };
    }

    /** That it was killed since its time was over says more than that it was killed. */
    private static ExitReason why(StartFailure failure) {
        return failure instanceof StartFailure.InitTimeout
                ? ExitReason.custom(failure.getMessage())
                : failure.reason();
    }

    private static ExitReason failedToStart(Slot child, StartFailure failure) {
        return ExitReason.shutdown(new FailedToStartChild(child.spec().id(), why(failure)));
    }

    private static ChildStart<?> refusal(StartFailure failure) {
        return new ChildStart.Refused<>(new Refusal.StartFailed(why(failure)));
    }

    /** Answers whoever asked for this start, if somebody did. */
    private static Option<Effect> answer(Starting starting, ChildStart<?> answer) {
        return starting.rest().purpose() instanceof Purpose.Start(var replyTo, var isNew)
                ? Option.some(new Effect.Answer<>(replyTo, answer))
                : Option.none();
    }

    // Stopping

    private static Step stop(SupervisorState state, long place, Work rest) {
        var child = state.children().slot(place);
        var step = Step.to(state.in(new Stopping(child, rest))).and(ask(child));
        return time(child).exists(Duration::isZero)
                ? step.and(new Effect.Kill(child.pid()))
                : step.and(time(child).map(Effect.SetTimer::new));
    }

    /** Each as {@link #stop} would, but at the same time and with one timer, even if it is zero. */
    static Step stopAll(SupervisorState state, ExitReason reason) {
        var running = state.children().inOrder().filter(Slot::isRunning);
        if (running.isEmpty()) {
            return end(state, reason);
        }
        return Step.to(state.in(StoppingAll.of(running, reason)))
                .and(running.flatMap(Operation::ask))
                .and(running.headOption().flatMap(Operation::time).map(Effect.SetTimer::new));
    }

    /** A child may unlink us first, so its end is learnt from a monitor. */
    private static List<Effect> ask(Slot child) {
        var pid = child.pid();
        return List.of(
                new Effect.Watch(pid),
                switch (child.spec().shutdown()) {
                    case ShutdownMode.Immediately() -> new Effect.Kill(pid);
                    case ShutdownMode.Within within -> new Effect.AskToStop(pid);
                    case ShutdownMode.Patiently() -> new Effect.AskToStop(pid);
                    case ShutdownMode.Draining draining -> new Effect.Drain(pid);
                });
    }

    /** How long the child may take to stop, if that is limited. */
    private static Option<Duration> time(Slot child) {
        return switch (child.spec().shutdown()) {
            case ShutdownMode.Within(var time) -> Option.some(time);
            case ShutdownMode.Draining(var time) -> Option.some(time);
            case ShutdownMode.Immediately() -> Option.none();
            case ShutdownMode.Patiently() -> Option.none();
        };
    }

    private static Step advance(SupervisorState state, Stopping stopping, Progress news) {
        var child = stopping.child();
        var cause = stopping.rest().purpose().cause();
        return switch (news) {
            case Progress.Down(var pid, var reason) when pid.equals(child.pid()) ->
                    state.tell(state.events().stopped(child, state.heard(pid, reason), cause))
                            .and(time(child).map(any -> new Effect.CancelTimer()))
                            .with(next -> next.withEnded(child))
                            .then(next -> proceed(next, stopping.rest()));

            case Progress.Drained(var pid) when pid.equals(child.pid()) ->
                    state.unchanged().and(new Effect.AskToStop(pid));

            case Progress.TimeOver() -> kill(state, List.of(child));

            default -> state.unchanged();
        };
    }

    private static Step advance(SupervisorState state, StoppingAll stopping, Progress news) {
        return switch (news) {
            case Progress.Down(var pid, var reason) when stopping.child(pid).isDefined() -> {
                var child = stopping.child(pid).get();
                var rest = stopping.without(pid);
                var cause = new TreeEvent.Cause.SupervisorEnds(stopping.reason());
                var step =
                        state.tell(state.events().stopped(child, state.heard(pid, reason), cause))
                                .with(it -> it.in(rest));
                yield rest.left().isEmpty()
                        ? step.and(time(child).map(any -> new Effect.CancelTimer()))
                                .then(next -> end(next, stopping.reason()))
                        : step;
            }

            case Progress.Drained(var pid) when stopping.child(pid).isDefined() ->
                    state.unchanged().and(new Effect.AskToStop(pid));

            case Progress.TimeOver() -> kill(state, List.ofAll(stopping.left().values()));

            default -> state.unchanged();
        };
    }

    private static Step kill(SupervisorState state, Seq<Slot> late) {
        return state.unchanged()
                .and(late.map(state.events()::overdue).map(Effect.Tell::new))
                .and(late.map(child -> new Effect.Kill(child.pid())));
    }
}
