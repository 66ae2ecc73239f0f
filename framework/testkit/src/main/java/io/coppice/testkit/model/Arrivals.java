package io.coppice.testkit.model;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.Proc.Active;
import io.coppice.testkit.model.Proc.Unlinking;
import io.coppice.testkit.script.Outcome;
import io.vavr.control.Option;

/** What a signal does to the process at which it arrives. One rule of Erlang per case. */
final class Arrivals {

    private Arrivals() {}

    static World arrive(World world, String from, String to, Signal signal) {
        return world.lives(to)
                ? atTheLiving(world, from, to, signal)
                : atTheDead(world, from, to, signal);
    }

    private static World atTheDead(World world, String from, String to, Signal signal) {
        return switch (signal) {
            case Signal.Link() ->
                    answer(world, to, from, new Signal.LinkExit(ExitReason.NO_PROCESS));
            case Signal.Monitor(var id) ->
                    answer(world, to, from, new Signal.Down(id, ExitReason.NO_PROCESS));
            default -> world;
        };
    }

    private static World answer(World world, String from, String to, Signal signal) {
        return world.lives(to) ? world.send(from, to, signal) : world;
    }

    private static World atTheLiving(World world, String from, String to, Signal signal) {
        var proc = world.proc(to);
        return switch (signal) {
            case Signal.Message(var text) ->
                    world.withProc(to, proc.receiving(news(new Outcome.Got(from, text))));

            case Signal.Cue(var acts) -> world.withProc(to, proc.receiving(new Proc.Cue(acts)));

            case Signal.Mail(var letter) ->
                    world.withProc(to, proc.receiving(new Proc.Mail(letter)));

            // While unlinking it is out of date: its sender had not heard of the unlink.
            case Signal.Link() ->
                    proc.links().containsKey(from)
                            ? world
                            : world.withProc(to, proc.withLink(from, new Active()));

            case Signal.Unlink(int id) -> {
                var ended = proc.isLinkedTo(from) ? proc.withoutLink(from) : proc;
                yield answer(world.withProc(to, ended), to, from, new Signal.UnlinkAck(id));
            }

            case Signal.UnlinkAck(int id) ->
                    proc.links().get(from).contains(new Unlinking(id))
                            ? world.withProc(to, proc.withoutLink(from))
                            : world;

            case Signal.LinkExit(var reason) -> {
                var forgotten = world.withProc(to, proc.withoutLink(from));
                yield proc.isLinkedTo(from) ? hear(forgotten, from, to, reason) : forgotten;
            }

            case Signal.LinkRefused() -> {
                var forgotten = proc.withoutLink(from);
                yield world.withProc(
                        to,
                        proc.isLinkedTo(from)
                                ? forgotten.receiving(heard(from, ExitReason.NO_PROCESS))
                                : forgotten);
            }

            case Signal.Exit(var reason) -> hear(world, from, to, reason);

            case Signal.Kill() -> Deaths.die(world, to, ExitReason.KILLED);

            case Signal.Monitor(var id) ->
                    world.withProc(to, proc.withWatchers(proc.watchers().add(id)));

            case Signal.Demonitor(var id) ->
                    world.withProc(to, proc.withWatchers(proc.watchers().remove(id)));

            case Signal.Down(var id, var reason) -> {
                var told = new Outcome.Told(id.label(), id.what(), reason);
                var fired = proc.withMonitors(proc.monitors().remove(id));
                yield proc.monitors().contains(id)
                        ? world.withProc(to, fired.receiving(new Proc.News(told, Option.of(id))))
                        : world;
            }
        };
    }

    /** What an exit signal does; {@code from} may be {@code to} itself. */
    static World hear(World world, String from, String to, ExitReason reason) {
        var proc = world.proc(to);
        if (proc.trapping()) {
            return world.withProc(to, proc.receiving(heard(from, reason)));
        }
        return reason instanceof ExitReason.Normal && !from.equals(to)
                ? world
                : Deaths.die(world, to, reason);
    }

    private static Proc.Item heard(String from, ExitReason reason) {
        return news(new Outcome.Heard(from, reason));
    }

    private static Proc.Item news(Outcome.Entry entry) {
        return new Proc.News(entry, Option.none());
    }
}
