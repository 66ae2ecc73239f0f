package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.supervisor.Behaviour.Sight;
import io.coppice.testkit.model.supervisor.ChildSpec.Shutdown;
import io.coppice.testkit.model.supervisor.Job.Purpose;
import io.coppice.testkit.model.supervisor.Job.Step;
import io.coppice.testkit.model.supervisor.Letter.Started;
import io.coppice.testkit.model.supervisor.Supervisor.Moment;
import io.coppice.testkit.script.Reasons;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** How a supervisor starts and ends its children. */
final class Work {

    private Work() {}

    // Jobs

    /** All children are started in order, each when the one before it has started. */
    static Course boot(Supervisor me, Sight sight) {
        var steps = me.children().inOrder().<Step>map(Step.Start::new);
        return proceed(me, new Job(steps, new Purpose.Boot()), sight);
    }

    /** All children are ended, then the supervisor itself. */
    static Course end(Supervisor me, ExitReason reason, Sight sight) {
        return end(me, new Purpose.End(reason, false), sight);
    }

    private static Course end(Supervisor me, Purpose.End purpose, Sight sight) {
        return proceed(me, new Job(endOfAll(me), purpose), sight);
    }

    /** One after the other, in reverse order; those that are told apart by process, all at once. */
    private static List<Step> endOfAll(Supervisor me) {
        var children = me.children().inOrder();
        return me.flags().isSimple() ? List.of(new Step.Stop(children)) : stops(children);
    }

    /** {@code children} are to be ended in reverse order. */
    static List<Step> stops(List<Child> children) {
        return children.reverse().map(child -> new Step.Stop(List.of(child)));
    }

    static Course proceed(Supervisor me, Job job, Sight sight) {
        if (job.steps().isEmpty()) {
            return fulfilled(me.serving(), job.purpose());
        }
        return switch (job.steps().head()) {
            case Step.Start(var child) -> start(me, child, job.rest(), sight);
            case Step.Stop(var children) -> stop(me, children, job.rest(), sight);
        };
    }

    private static Course fulfilled(Supervisor me, Purpose purpose) {
        return switch (purpose) {
            case Purpose.Boot() -> Course.of(me, ack(me, new Started.Ok(Option.none())));
            case Purpose.Restart() -> Course.of(me);
            case Purpose.Answer(var caller, var text) ->
                    Course.of(me, new Deed.Reply(caller, text));
            case Purpose.End(var reason, boolean isBooting) ->
                    isBooting
                            ? Course.of(
                                    me, ack(me, new Started.Failed(reason)), new Deed.Stop(reason))
                            : Course.of(me, new Deed.Stop(reason));
        };
    }

    private static Deed ack(Supervisor me, Started result) {
        return new Deed.Ack(me.starter(), result);
    }

    // Starts

    private static Course start(Supervisor me, Child child, Job job, Sight sight) {
        var process = sight.nextOf(child.id());
        return Course.of(
                me.at(new Moment.Starting(child, process, job)),
                new Deed.SpawnLinked(child.id(), process, me.flags().isSimple()));
    }

    /** The child says what became of its init, or dies before it can. */
    static Course heard(Supervisor me, Moment.Starting at, Letter letter, Sight sight) {
        return switch (letter) {
            case Letter.Acked(var from, Started.Ok(var info)) ->
                    proceed(
                            me.with(me.children().with(at.child().running(from))),
                            at.job()
                                    .answering(
                                            "ok "
                                                    + from
                                                    + info.map(text -> " info:" + text)
                                                            .getOrElse("")),
                            sight);
            case Letter.Acked(var from, Started.Ignored()) ->
                    proceed(
                            me.with(me.children().withStopped(at.child())),
                            at.job().answering("ok undefined"),
                            sight);
            case Letter.Acked(var from, Started.Failed(var reason)) ->
                    failed(me.serving(), at.child(), reason, at.job().purpose(), sight);
            case Letter.Exit(var from, var reason) ->
                    failed(me.serving(), at.child(), reason, at.job().purpose(), sight);
            default -> throw new IllegalStateException("it does not take " + letter);
        };
    }

    private static Course failed(
            Supervisor me, Child child, ExitReason reason, Purpose purpose, Sight sight) {
        return switch (purpose) {
            case Purpose.Boot() ->
                    end(me, new Purpose.End(failedToStart(child, reason), true), sight);
            case Purpose.Restart() ->
                    Course.of(
                            me.with(me.children().with(child.restarting())),
                            new Deed.SendSelf(new Letter.TryAgain(child.key())));
            case Purpose.Answer(var caller, var text) ->
                    Course.of(me, new Deed.Reply(caller, "error " + Reasons.text(reason)));
            case Purpose.End end -> throw new IllegalStateException("nothing is started: " + end);
        };
    }

    private static ExitReason failedToStart(Child child, ExitReason reason) {
        return ExitReason.shutdown(
                "failed_to_start_child:" + child.id() + ":" + Reasons.text(reason));
    }

    // Ends

    /**
     * Each is monitored and told to end, or killed, and its end is waited for: it may have unlinked
     * itself. The link is kept until then, so that it dies should the supervisor be killed.
     */
    private static Course stop(Supervisor me, List<Child> children, Job job, Sight sight) {
        var running = children.filter(Child::isRunning);
        var processes = running.flatMap(Child::process).toSet();
        var stopping = new Moment.Stopping(children, processes, job);
        if (running.isEmpty()) {
            return stopped(me, stopping, sight);
        }
        var how = running.head().spec().shutdown();
        var deeds = running.flatMap(Child::process).flatMap(process -> tell(process, how));
        return new Course(me.at(stopping), deeds.appendAll(patience(how, running)));
    }

    private static List<Deed> tell(String process, Shutdown how) {
        var end =
                how instanceof Shutdown.BrutalKill
                        ? new Deed.Kill(process)
                        : new Deed.Exit(process, ExitReason.SHUTDOWN);
        return List.of(new Deed.Monitor(process), end);
    }

    /** A single child that is given no time is killed at once. */
    private static List<Deed> patience(Shutdown how, List<Child> children) {
        return switch (how) {
            case Shutdown.Within(long millis) when millis == 0 && children.length() == 1 ->
                    children.flatMap(Child::process).map(Deed.Kill::new);
            case Shutdown.Within(long millis) -> List.of(new Deed.Alarm(millis));
            default -> List.empty();
        };
    }

    /** A child has ended, or the time for that is over. */
    static Course heard(Supervisor me, Moment.Stopping at, Letter letter, Sight sight) {
        return switch (letter) {
            case Letter.Down(var process, var reason) -> {
                var left = at.processes().remove(process);
                var now = new Moment.Stopping(at.children(), left, at.job());
                var course = Course.of(me.at(now), new Deed.UnlinkAndFlush(process));
                yield left.isEmpty()
                        ? course.then(it -> Course.of(it, new Deed.NoAlarm()))
                                .then(it -> stopped(it, now, sight))
                        : course;
            }
            case Letter.TimedOut() ->
                    new Course(me, at.processes().toList().sorted().map(Deed.Kill::new));
            default -> throw new IllegalStateException("it does not take " + letter);
        };
    }

    private static Course stopped(Supervisor me, Moment.Stopping at, Sight sight) {
        var left = at.children().foldLeft(me.children(), Children::withStopped);
        return proceed(me.with(left), at.job(), sight);
    }
}
