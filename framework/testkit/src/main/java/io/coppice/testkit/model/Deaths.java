package io.coppice.testkit.model;

import io.coppice.process.ExitReason;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Reasons;
import io.vavr.control.Option;

/**
 * The end of a process: its name is free at once, then its links and monitors are told. Who waits
 * for its init is told instead of hearing an exit.
 */
final class Deaths {

    private Deaths() {}

    static World die(World world, String who, ExitReason reason) {
        var gone = world.proc(who);
        var after = Deeds.ended(world, who, reason);
        after = after.withProc(who, gone.dead(reason)).withoutMail(who);
        for (var name : world.nameOf(who)) {
            after = after.withoutName(name);
        }
        for (var starter : gone.starter()) {
            after = failStart(after, starter, who, reason);
        }
        for (var peer : gone.links().keySet().filter(gone::isLinkedTo)) {
            if (!gone.starter().contains(peer)) {
                after = tell(after, who, peer, new Signal.LinkExit(reason));
            }
        }
        for (var watcher : gone.watchers()) {
            after = tell(after, who, watcher.owner(), new Signal.Down(watcher, reason));
        }
        return after;
    }

    private static World tell(World world, String from, String to, Signal signal) {
        return world.lives(to) ? world.send(from, to, signal) : world;
    }

    private static World failStart(World world, String starter, String child, ExitReason reason) {
        var parent = world.proc(starter);
        if (!parent.awaiting().contains(child)) {
            return world; // it has died meanwhile
        }
        return world.withProc(
                starter,
                parent.withoutLink(child)
                        .withAwaiting(Option.none())
                        .seeing(new Did(new Act.StartLinked(child), Reasons.text(reason))));
    }
}
