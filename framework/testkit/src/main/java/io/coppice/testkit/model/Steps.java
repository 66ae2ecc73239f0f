package io.coppice.testkit.model;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.World.Arrives;
import io.coppice.testkit.model.World.BecomesKnown;
import io.coppice.testkit.model.World.Choice;
import io.coppice.testkit.model.World.Expires;
import io.coppice.testkit.model.World.Rings;
import io.coppice.testkit.model.World.Runs;
import io.coppice.testkit.model.World.Way;
import io.coppice.testkit.model.supervisor.Letter;

/** What a choice makes of a world. */
final class Steps {

    private static final Proc.Item TIMED_OUT = new Proc.Mail(new Letter.TimedOut());

    private Steps() {}

    static World step(World world, Choice choice) {
        return switch (choice) {
            case BecomesKnown(var who) -> world.with(who, proc -> proc.withKnown(true));

            case Expires(var who) -> Deaths.die(world, who, ExitReason.KILLED);

            case Rings(var who) -> ring(world, who);

            case Arrives(var from, var to, int place) -> {
                var way = new Way(from, to);
                var signals = world.underWay().get(way).get();
                yield Arrivals.arrive(
                        world.withUnderWay(way, signals.removeAt(place)),
                        from,
                        to,
                        signals.get(place));
            }

            case Runs(var who) -> run(world, who);
        };
    }

    private static World ring(World world, String who) {
        var scene = world.scene();
        long now = Math.max(scene.millis(), scene.alarms().get(who).get());
        return world.with(scene.at(now).withoutAlarm(who))
                .with(who, proc -> proc.receiving(TIMED_OUT));
    }

    private static World run(World world, String who) {
        var proc = world.proc(who);
        if (proc.isUnborn()) {
            return Deeds.begin(world, who);
        }
        if (proc.isActing()) {
            return Acts.act(
                    world.with(who, it -> it.withTodo(it.todo().tail())), who, proc.todo().head());
        }
        return proc.starter().isDefined() ? Acts.started(world, who) : see(world, who);
    }

    /** What is first in the mailbox of {@code who} meets its fate. */
    private static World see(World world, String who) {
        var proc = world.proc(who);
        int first = proc.firstInTurn();
        var item = proc.mailbox().get(first);
        var letter = Proc.letter(item);
        var rest = world.withProc(who, proc.withMailbox(proc.mailbox().removeAt(first)));
        if (proc.starting().isDefined()) {
            return Deeds.started(rest, who, letter);
        }
        return switch (item) {
            case Proc.Cue(var acts) -> rest.with(who, it -> it.withTodo(acts));
            case Proc.News(var entry, var down) when proc.isToRecord(letter) ->
                    react(rest.see(who, entry), who, letter);
            default -> react(rest, who, letter);
        };
    }

    private static World react(World world, String who, Letter letter) {
        return world.proc(who).part().isDefined() ? Deeds.receive(world, who, letter) : world;
    }
}
