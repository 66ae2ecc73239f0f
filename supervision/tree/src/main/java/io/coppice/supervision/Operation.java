package io.coppice.supervision;

import io.coppice.actor.StartFailure;
import io.coppice.actor.StartResult;
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
    static void proceed(Turn turn, Work work) {
        if (!work.toStop().isEmpty()) {
            stop(turn, work.toStop().head(), work.afterStop());
        } else if (!work.toStart().isEmpty()) {
            start(turn, work.toStart().head(), work.afterStart());
        } else {
            finish(turn, work.purpose());
        }
    }

    private static void finish(Turn turn, Purpose purpose) {
        switch (purpose) {
            case Purpose.Boot() -> {
                turn.tell(Events::supervisorStarted);
                turn.serve();
                turn.perform(new Effect.Started());
            }

            case Purpose.Restart done -> turn.serve();

            case Purpose.Wait(var atMost, var jitter, var next) -> {
                turn.serve();
                turn.perform(new Effect.TryAgainAfter(atMost, jitter, next));
            }

            case Purpose.Start asked -> turn.serve(); // answered as each case has it

            case Purpose.Terminate(var replyTo) -> {
                turn.serve();
                turn.perform(new Effect.Answer<>(replyTo, new Outcome.Done()));
            }

            case Purpose.End(var reason) -> end(turn, reason);
        }
    }

    private static void end(Turn turn, ExitReason reason) {
        turn.tell(it -> it.supervisorEnded(reason));
        turn.enter(new Phase.Over());
        turn.perform(new Effect.End(reason));
    }

    /** News of the operation under way, or of one that was cut short. */
    static void advance(Turn turn, Progress news) {
        switch (turn.phase()) {
            case Starting starting -> advance(turn, starting, news);
            case Stopping stopping -> advance(turn, stopping, news);
            case StoppingAll stopping -> advance(turn, stopping, news);
            case Phase.Serving() -> {}
            case Phase.Over() -> {}
        }
    }

    // Starting

    private static void start(Turn turn, long place, Work rest) {
        start(turn, turn.children().slot(place).starting(), rest);
    }

    /** {@code child} has ended, and is started again without any other. */
    static void startAgain(Turn turn, Slot child, Purpose purpose) {
        start(turn, child.startingAgain(), Work.none(purpose));
    }

    private static void start(Turn turn, Slot child, Work rest) {
        var starting = new Starting(child, turn.opensTogether(), rest);
        turn.enter(starting);
        turn.perform(new Effect.Start(starting));
    }

    private static void advance(Turn turn, Starting starting, Progress news) {
        switch (news) {
            case Progress.Up up -> up(turn, starting, up.news());
            case Progress.Failed(StartFailure.Ignored why) -> ignored(turn, starting, why);
            case Progress.Failed(var failure) -> failed(turn, starting, failure);
            case Progress.Down late -> {}
            case Progress.TimeOver late -> {}
            case Progress.Drained late -> {}
        }
    }

    private static void up(Turn turn, Starting starting, StartResult.Running<?> news) {
        var child = starting.child;
        var pid = news.ref().pid();
        turn.tell(it -> it.started(child, pid, starting.cause()));
        turn.running(starting, pid);
        proceed(turn, starting.rest);
        turn.openIfDue(); // before anybody can know it
        answer(turn, starting, new ChildStart.Started<>(news.ref(), news.info()));
    }

    /** Nothing runs, and that is as it should be. */
    private static void ignored(Turn turn, Starting starting, StartFailure.Ignored why) {
        var child = starting.child;
        turn.tell(it -> it.notStarted(child, why, false, starting.cause()));
        answer(turn, starting, new ChildStart.Ignored<>());
        turn.stopped(child);
        proceed(turn, starting.rest);
    }

    private static void failed(Turn turn, Starting starting, StartFailure failure) {
        var child = starting.child;
        var purpose = starting.rest.purpose();
        boolean isTriedAgain = purpose instanceof Purpose.Restart;
        turn.tell(it -> it.notStarted(child, failure, isTriedAgain, starting.cause()));
        switch (purpose) {
            case Purpose.Boot() -> turn.terminate(failedToStart(child, failure));

            case Purpose.Restart tried -> turn.tryAgain(child, why(failure));

            case Purpose.Start(var replyTo, var isNew) -> {
                answer(turn, starting, refusal(failure));
                var all = turn.children();
                turn.become(isNew ? all.without(child) : all.noting(child));
                turn.serve();
            }

            case Purpose.Wait startsNothing -> throw new IllegalStateException();
            case Purpose.Terminate startsNothing -> throw new IllegalStateException();
            case Purpose.End startsNothing -> throw new IllegalStateException();
        }
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
    private static void answer(Turn turn, Starting starting, ChildStart<?> answer) {
        if (starting.rest.purpose() instanceof Purpose.Start(var replyTo, var isNew)) {
            turn.perform(new Effect.Answer<>(replyTo, answer));
        }
    }

    // Stopping

    private static void stop(Turn turn, long place, Work rest) {
        var child = turn.children().slot(place);
        turn.enter(new Stopping(child, rest));
        ask(turn, child);
        if (time(child).exists(Duration::isZero)) {
            turn.perform(new Effect.Kill(child.pid()));
        } else {
            setTimer(turn, child);
        }
    }

    /** Each as {@link #stop} would, but at the same time and with one timer, even if it is zero. */
    static void stopAll(Turn turn, ExitReason reason) {
        var running = turn.children().inOrder().filter(Slot::isRunning);
        if (running.isEmpty()) {
            end(turn, reason);
            return;
        }
        turn.enter(StoppingAll.of(running, reason));
        running.forEach(child -> ask(turn, child));
        setTimer(turn, running.head());
    }

    /** A child may unlink us first, so its end is learnt from a monitor. */
    private static void ask(Turn turn, Slot child) {
        var pid = child.pid();
        turn.perform(new Effect.Watch(pid));
        turn.perform(
                switch (child.spec().shutdown()) {
                    case ShutdownMode.Immediately() -> new Effect.Kill(pid);
                    case ShutdownMode.Within within -> new Effect.AskToStop(pid);
                    case ShutdownMode.Patiently() -> new Effect.AskToStop(pid);
                    case ShutdownMode.Draining draining -> new Effect.Drain(pid);
                });
    }

    private static void setTimer(Turn turn, Slot child) {
        var allowed = time(child);
        if (allowed.isDefined()) {
            turn.perform(new Effect.SetTimer(allowed.get()));
        }
    }

    private static void cancelTimer(Turn turn, Slot child) {
        if (time(child).isDefined()) {
            turn.perform(new Effect.CancelTimer());
        }
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

    private static void advance(Turn turn, Stopping stopping, Progress news) {
        var child = stopping.child();
        switch (news) {
            case Progress.Down(var pid, var reason) when pid.equals(child.pid()) -> {
                turn.tell(it -> it.stopped(child, turn.heard(pid, reason), stopping.cause()));
                turn.forgetExit(pid);
                cancelTimer(turn, child);
                turn.stopped(child);
                proceed(turn, stopping.rest());
            }

            case Progress.Drained(var pid) when pid.equals(child.pid()) ->
                    turn.perform(new Effect.AskToStop(pid));

            case Progress.TimeOver() -> kill(turn, List.of(child));

            default -> {}
        }
    }

    private static void advance(Turn turn, StoppingAll stopping, Progress news) {
        switch (news) {
            case Progress.Down(var pid, var reason) when stopping.child(pid).isDefined() -> {
                var child = stopping.child(pid).get();
                var rest = stopping.without(pid);
                turn.tell(it -> it.stopped(child, turn.heard(pid, reason), stopping.cause()));
                turn.forgetExit(pid);
                turn.enter(rest);
                if (rest.left().isEmpty()) {
                    cancelTimer(turn, child);
                    end(turn, stopping.reason());
                }
            }

            case Progress.Drained(var pid) when stopping.child(pid).isDefined() ->
                    turn.perform(new Effect.AskToStop(pid));

            case Progress.TimeOver() -> kill(turn, List.ofAll(stopping.left().values()));

            default -> {}
        }
    }

    private static void kill(Turn turn, Seq<Slot> late) {
        late.forEach(child -> turn.tell(it -> it.overdue(child)));
        late.forEach(child -> turn.perform(new Effect.Kill(child.pid())));
    }
}
