package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.supervisor.Letter.Started;
import io.coppice.testkit.script.ScriptedCrash;
import io.vavr.collection.List;
import io.vavr.control.Either;

/**
 * A supervisor that has not begun yet.
 *
 * @param starter who has started it, and is its parent
 * @param init what its own init does before anything is started
 * @param definition what it is to be, right or wrong
 */
record SupervisorInit(String starter, Init init, Definition definition) implements Behaviour {

    @Override
    public boolean takes(Letter letter) {
        return false;
    }

    @Override
    public Turn receive(Letter letter, Sight sight) {
        throw new IllegalStateException("it takes nothing: " + letter);
    }

    @Override
    public Turn begin(Sight sight) {
        return switch (init) {
            case Init.Ok ok -> boot(sight);
            case Init.Ignore() -> end(new Started.Ignored(), ExitReason.NORMAL);
            case Init.Crash(var what) -> fail(ScriptedCrash.reason(what));
            case Init.Fail(var reason) -> fail(reason);
            case Init.Wait wait -> throw new IllegalStateException("no supervisor waits: " + wait);
        };
    }

    /** First its own flags are checked, then its children, in order. */
    private Turn boot(Sight sight) {
        return Checks.flags(definition.flags())
                .flatMap(flags -> children(flags).map(specs -> boot(flags, specs, sight)))
                .getOrElseGet(what -> fail(ExitReason.custom(what)));
    }

    private Either<String, List<ChildSpec>> children(Flags flags) {
        return flags.isSimple() && definition.children().size() != 1
                ? Either.left("bad_start_spec")
                : Checks.children(definition.children(), flags.autoShutdown());
    }

    private Turn boot(Flags flags, List<ChildSpec> specs, Sight sight) {
        var supervisor = Supervisor.of(starter, flags, specs);
        var course = Work.boot(supervisor, sight);
        return new Turn(course.now(), course.deeds().prepend(new Deed.Trap()));
    }

    private Turn fail(ExitReason reason) {
        return end(new Started.Failed(reason), reason);
    }

    private Turn end(Started result, ExitReason reason) {
        return new Turn(
                this,
                List.of(new Deed.Trap(), new Deed.Ack(starter, result), new Deed.Stop(reason)));
    }
}
