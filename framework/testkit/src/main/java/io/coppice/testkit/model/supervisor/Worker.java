package io.coppice.testkit.model.supervisor;

import io.coppice.process.ExitReason;
import io.coppice.testkit.script.ScriptedCrash;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * A child that is no supervisor: its init does what it is told to do, and when its supervisor ends
 * it, it obeys or does not. For the rest it does as it is commanded.
 *
 * @param starter its supervisor
 * @param init what it does first
 * @param onShutdown what it does when its supervisor tells it to end
 * @param moment where it is
 */
record Worker(String starter, Init init, OnShutdown onShutdown, Moment moment)
        implements Behaviour {

    /** Where a worker is. */
    sealed interface Moment {
        record InInit(Init next) implements Moment {}

        record AtWork() implements Moment {}

        record Ending(ExitReason reason) implements Moment {}
    }

    static Worker of(String starter, Init init, OnShutdown onShutdown) {
        return new Worker(starter, init, onShutdown, new Moment.InInit(init));
    }

    @Override
    public Turn begin(Sight sight) {
        var turn = init(init);
        return onShutdown instanceof OnShutdown.Die
                ? turn
                : new Turn(turn.next(), turn.deeds().prepend(new Deed.Trap()));
    }

    @Override
    public boolean takes(Letter letter) {
        return switch (moment) {
            case Moment.InInit init -> letter instanceof Letter.Released;
            case Moment.AtWork() -> true;
            case Moment.Ending ending -> letter instanceof Letter.TimedOut;
        };
    }

    @Override
    public Turn receive(Letter letter, Sight sight) {
        return switch (letter) {
            case Letter.Released() when moment instanceof Moment.InInit(var next) -> init(next);
            case Letter.TimedOut() when moment instanceof Moment.Ending(var reason) ->
                    turn(moment, new Deed.Stop(reason));
            case Letter.Exit(var from, var reason) when from.equals(starter) -> told(reason);
            default -> turn(moment);
        };
    }

    @Override
    public boolean isRecorded(Letter letter) {
        return !(letter instanceof Letter.Exit(var from, var reason) && from.equals(starter))
                || onShutdown instanceof OnShutdown.Die
                || onShutdown instanceof OnShutdown.Ignore;
    }

    private Turn init(Init step) {
        return switch (step) {
            case Init.Ok(var info) ->
                    turn(new Moment.AtWork(), ack(new Letter.Started.Ok(Option.ofOptional(info))));
            case Init.Ignore() -> end(ExitReason.NORMAL, new Letter.Started.Ignored());
            case Init.Fail(var reason) -> end(reason, new Letter.Started.Failed(reason));
            case Init.Crash(var what) -> turn(moment, new Deed.Stop(ScriptedCrash.reason(what)));
            case Init.Wait(var next) -> turn(new Moment.InInit(next));
        };
    }

    private Turn end(ExitReason reason, Letter.Started result) {
        return turn(moment, ack(result), new Deed.Stop(reason));
    }

    private Deed ack(Letter.Started result) {
        return new Deed.Ack(starter, result);
    }

    private Turn told(ExitReason reason) {
        return switch (onShutdown) {
            case OnShutdown.Die die -> turn(moment);
            case OnShutdown.Ignore ignore -> turn(moment);
            case OnShutdown.Obey() -> turn(moment, new Deed.Stop(reason));
            case OnShutdown.Other(var own) -> turn(moment, new Deed.Stop(own));
            case OnShutdown.Delay(long millis) ->
                    turn(new Moment.Ending(reason), new Deed.Alarm(millis));
        };
    }

    private Turn turn(Moment now, Deed... deeds) {
        return new Turn(new Worker(starter, init, onShutdown, now), List.of(deeds));
    }
}
