package io.coppice.testkit.model;

import io.coppice.process.ExitReason;
import io.coppice.testkit.model.Proc.Active;
import io.coppice.testkit.model.Proc.Unlinking;
import io.coppice.testkit.model.Signal.MonitorId;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.ScriptedCrash;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** What a process does in its own name. One rule per act. */
final class Acts {

    private Acts() {}

    /** {@code who} does {@code act}. */
    static World act(World world, String who, Act act) {
        var me = world.proc(who);
        return switch (act) {
            case Act.Spawn(var child, boolean linked, var monitor) ->
                    world.exists(child)
                            ? leaveOut(world, who, act)
                            : spawn(world, who, child, linked, monitor);

            case Act.StartLinked(var id) when world.scene().cast().containsKey(id) ->
                    Deeds.start(world, who, id);
            case Act.StartLinked(var child) ->
                    world.exists(child) ? leaveOut(world, who, act) : start(world, who, child);

            case Act.Link(var peer) when !knows(world, who, peer) -> leaveOut(world, who, act);
            case Act.Link(var peer) -> link(world, who, peer, act);

            case Act.Unlink(var peer, var flush) when !knows(world, who, peer) ->
                    leaveOut(world, who, act);
            case Act.Unlink(var peer, boolean flush) -> {
                var unlinked = unlink(world, who, peer);
                yield flush ? flushExit(unlinked, who, peer, act) : done(unlinked, who, act, "ok");
            }

            case Act.Monitor(var target, var as) when !knows(world, who, target) ->
                    leaveOut(world, who, act);
            case Act.Monitor(var target, var as) ->
                    monitor(world, new MonitorId(who, me.count(), as, target, Option.none()));

            case Act.MonitorName(var name, var as) ->
                    monitor(
                            world,
                            new MonitorId(
                                    who,
                                    me.count(),
                                    as,
                                    world.holder(name).getOrElse(World.OUTSIDE),
                                    Option.of(name)));

            case Act.Demonitor(var label, boolean flush) ->
                    me.labels()
                            .get(label)
                            .fold(
                                    () -> leaveOut(world, who, act),
                                    id -> demonitor(world, who, id, flush, act));

            case Act.Trap(boolean on) ->
                    done(
                            world.withProc(who, me.withTrapping(on)),
                            who,
                            act,
                            me.trapping() ? "on" : "off");

            case Act.Exit(var target, var reason) when target.equals(who) ->
                    Arrivals.hear(world, who, who, reason);
            case Act.Exit(var target, var reason) ->
                    send(world, who, target, new Signal.Exit(reason), act);

            case Act.Kill(var target) when target.equals(who) ->
                    Deaths.die(world, who, ExitReason.KILLED);
            case Act.Kill(var target) -> send(world, who, target, new Signal.Kill(), act);

            case Act.Stop(var reason) -> Deaths.die(world, who, reason);
            case Act.Crash(var what) -> Deaths.die(world, who, ScriptedCrash.reason(what));

            case Act.Send(var target, var text) ->
                    send(world, who, target, new Signal.Message(text), act);
            case Act.SendName(var name, var text) ->
                    world.holder(name)
                            .fold(
                                    () -> done(world, who, act, "badarg"),
                                    to -> send(world, who, to, new Signal.Message(text)));

            case Act.Register(var name, var process) when !knows(world, who, process) ->
                    leaveOut(world, who, act);
            case Act.Register(var name, var process) -> register(world, who, name, process, act);

            case Act.Unregister(var name) ->
                    world.holder(name).isEmpty()
                            ? done(world, who, act, "badarg")
                            : done(world.withoutName(name), who, act, "ok");

            case Act.WhereIs(var name) ->
                    done(world, who, act, world.holder(name).getOrElse("undefined"));

            case Act.Hang() -> world; // in an init that is waited for, it does not come to this

            case Act.Rest() ->
                    world.proc(who).starter().isDefined()
                            ? world // init goes on without a rest
                            : world.withProc(
                                    who,
                                    me.receiving(new Proc.Cue(me.todo())).withTodo(List.empty()));
        };
    }

    private static World done(World world, String who, Act act, String result) {
        return world.see(who, new Did(act, result));
    }

    private static World leaveOut(World world, String who, Act act) {
        return done(world, who, act, Did.LEFT_OUT);
    }

    /** A process knows itself, its children, and whoever has become known. */
    private static boolean knows(World world, String who, String other) {
        return world.exists(other)
                && (other.equals(who)
                        || world.proc(other).known()
                        || world.proc(other).parent().contains(who));
    }

    private static World send(World world, String who, String to, Signal signal, Act act) {
        return knows(world, who, to) ? send(world, who, to, signal) : leaveOut(world, who, act);
    }

    static World send(World world, String who, String to, Signal signal) {
        if (to.equals(who)) {
            return Arrivals.arrive(world, who, who, signal); // handled before the act returns
        }
        return world.lives(to) ? world.send(who, to, signal) : world;
    }

    // Children: their tables are complete before they first run

    static World spawn(World world, String who, String child, boolean linked, String monitor) {
        var born = world.newborn(child, who);
        var parent = world.proc(who);
        if (linked) {
            born = born.withLink(who, new Active());
            parent = parent.withLink(child, new Active());
        }
        if (!monitor.isEmpty()) {
            var id = new MonitorId(who, parent.count(), monitor, child, Option.none());
            born = born.withWatchers(born.watchers().add(id));
            parent = owning(parent, id).withMonitors(parent.monitors().add(id));
        }
        return world.withProc(who, parent).withProc(child, born);
    }

    private static World start(World world, String who, String child) {
        return spawn(world, who, child, true, "")
                .with(child, proc -> proc.withStarter(Option.of(who)))
                .with(who, proc -> proc.withAwaiting(Option.of(child)));
    }

    /** The init of {@code who} is done. */
    static World started(World world, String who) {
        var starter = world.proc(who).starter().get();
        var running = world.with(who, proc -> proc.withStarter(Option.none()));
        return running.proc(starter).awaiting().contains(who)
                ? done(
                        running.with(starter, proc -> proc.withAwaiting(Option.none())),
                        starter,
                        new Act.StartLinked(who),
                        "ok")
                : running;
    }

    // Links

    private static World link(World world, String who, String peer, Act act) {
        var me = world.proc(who);
        if (peer.equals(who) || me.isLinkedTo(peer)) {
            return done(world, who, act, "ok");
        }
        if (!world.lives(peer)) {
            return me.trapping()
                    ? refuse(done(world, who, act, "ok"), who, peer)
                    : done(world, who, act, "noproc");
        }
        return done(world.withProc(who, me.withLink(peer, new Active())), who, act, "ok")
                .send(who, peer, new Signal.Link());
    }

    /** That {@code peer} is gone is heard after all that it said while it lived. */
    private static World refuse(World world, String who, String peer) {
        var linked = world.with(who, me -> me.withLink(peer, new Active()));
        var refused = new Signal.LinkRefused();
        return world.hasUnderWay(peer, who)
                ? linked.send(peer, who, refused)
                : Arrivals.arrive(linked, peer, who, refused);
    }

    static World unlink(World world, String who, String peer) {
        var me = world.proc(who);
        if (!me.isLinkedTo(peer)) {
            return world;
        }
        var unlinking =
                world.withProc(
                        who,
                        me.withLink(peer, new Unlinking(me.count())).withCount(me.count() + 1));
        return world.lives(peer)
                ? unlinking.send(who, peer, new Signal.Unlink(me.count()))
                : unlinking;
    }

    private static World flushExit(World world, String who, String peer, Act act) {
        var mailbox = world.proc(who).mailbox();
        int at =
                mailbox.indexWhere(
                        item ->
                                item instanceof Proc.News(Heard(var from, var r), var down)
                                        && from.equals(peer));
        return at < 0
                ? done(world, who, act, "ok")
                : done(
                        world.with(who, proc -> proc.withMailbox(mailbox.removeAt(at))),
                        who,
                        act,
                        "flushed");
    }

    // Monitors

    private static Proc owning(Proc owner, MonitorId id) {
        return owner.withLabel(id).withCount(owner.count() + 1);
    }

    static World monitor(World world, MonitorId id) {
        var who = id.owner();
        var me = owning(world.proc(who), id);
        if (id.target().equals(who)) {
            return world.withProc(who, me); // allowed, and never fires
        }
        var waiting = world.withProc(who, me.withMonitors(me.monitors().add(id)));
        return id.target().equals(World.OUTSIDE)
                ? waiting.send(id.label(), who, new Signal.Down(id, ExitReason.NO_PROCESS))
                : waiting.send(who, id.target(), new Signal.Monitor(id));
    }

    private static World demonitor(World world, String who, MonitorId id, boolean flush, Act act) {
        var me = world.proc(who);
        boolean active = me.monitors().contains(id);
        var mailbox = me.mailbox();
        int at =
                flush
                        ? mailbox.indexWhere(
                                item ->
                                        item instanceof Proc.News(var entry, var down)
                                                && down.contains(id))
                        : -1;
        var after =
                done(
                        world.withProc(
                                who,
                                me.withMonitors(me.monitors().remove(id))
                                        .withMailbox(at < 0 ? mailbox : mailbox.removeAt(at))),
                        who,
                        act,
                        active ? "true" : "false");
        return active && world.lives(id.target())
                ? after.send(who, id.target(), new Signal.Demonitor(id))
                : after;
    }

    // Names

    private static World register(World world, String who, String name, String process, Act act) {
        boolean refused =
                world.holder(name).isDefined()
                        || world.nameOf(process).isDefined()
                        || !world.lives(process);
        return refused
                ? done(world, who, act, "badarg")
                : done(world.withName(name, process), who, act, "ok");
    }
}
