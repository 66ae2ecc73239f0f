package io.coppice.testkit.model.supervisor;

import io.vavr.collection.List;
import io.vavr.collection.Set;
import io.vavr.control.Option;

/**
 * A supervisor. It does one thing at a time: while it waits for a child to start or to end, all
 * that does not concern that stays in its mailbox.
 *
 * @param starter its parent
 * @param flags how it supervises
 * @param template what its children are like, if it tells them apart by process
 * @param children those it has
 * @param restarts when it has restarted, in seconds, the latest first
 * @param moment what it is in the middle of
 */
record Supervisor(
        String starter,
        Flags flags,
        Option<ChildSpec> template,
        Children children,
        List<Long> restarts,
        Moment moment)
        implements Behaviour {

    /** What a supervisor is in the middle of. */
    sealed interface Moment {

        /** Nothing: it takes what comes. */
        record Serving() implements Moment {}

        /** It waits for the init of {@code child}, which will be {@code process}. */
        record Starting(Child child, String process, Job job) implements Moment {}

        /** It waits for {@code processes} to end, which {@code children} were. */
        record Stopping(List<Child> children, Set<String> processes, Job job) implements Moment {}
    }

    static Supervisor of(String starter, Flags flags, List<ChildSpec> specs) {
        return new Supervisor(
                starter,
                flags,
                specs.headOption().filter(any -> flags.isSimple()),
                Children.of(specs, flags.isSimple()),
                List.empty(),
                new Moment.Serving());
    }

    @Override
    public Turn begin(Sight sight) {
        throw new IllegalStateException("it has begun already");
    }

    @Override
    public boolean takes(Letter letter) {
        return switch (moment) {
            case Moment.Serving() -> true;
            case Moment.Starting(var child, var process, var job) ->
                    switch (letter) {
                        case Letter.Acked(var from, var result) -> from.equals(process);
                        case Letter.Exit(var from, var reason) -> from.equals(process);
                        default -> false;
                    };
            case Moment.Stopping(var stopped, var processes, var job) ->
                    switch (letter) {
                        case Letter.Down(var process, var reason) -> processes.contains(process);
                        case Letter.TimedOut() -> true;
                        default -> false;
                    };
        };
    }

    @Override
    public Turn receive(Letter letter, Sight sight) {
        var course =
                switch (moment) {
                    case Moment.Serving() -> serve(letter, sight);
                    case Moment.Starting starting -> Work.heard(this, starting, letter, sight);
                    case Moment.Stopping stopping -> Work.heard(this, stopping, letter, sight);
                };
        return course.turn();
    }

    private Course serve(Letter letter, Sight sight) {
        return switch (letter) {
            case Letter.Exit(var from, var reason) when from.equals(starter) ->
                    Work.end(this, reason, sight);
            case Letter.Exit(var from, var reason) ->
                    children.being(from)
                            .filter(Child::isRunning)
                            .fold(
                                    () -> Course.of(this),
                                    child -> Restarts.ended(this, child, reason, sight));
            case Letter.TryAgain(var key) ->
                    children.find(key)
                            .filter(Child::isRestarting)
                            .fold(
                                    () -> Course.of(this),
                                    child -> Restarts.restart(this, child, sight));
            case Letter.Called(var caller, Request.Stop(var reason)) ->
                    Course.of(this, new Deed.Reply(caller, Request.Stop.ANSWER))
                            .then(me -> Work.end(me, reason, sight));
            case Letter.Called(var caller, var request) ->
                    flags.isSimple()
                            ? DynamicRequests.serve(this, caller, request, sight)
                            : Requests.serve(this, caller, request, sight);
            default -> Course.of(this);
        };
    }

    Supervisor with(Children now) {
        return new Supervisor(starter, flags, template, now, restarts, moment);
    }

    Supervisor withRestarts(List<Long> now) {
        return new Supervisor(starter, flags, template, children, now, moment);
    }

    Supervisor at(Moment now) {
        return new Supervisor(starter, flags, template, children, restarts, now);
    }

    Supervisor serving() {
        return at(new Moment.Serving());
    }
}
