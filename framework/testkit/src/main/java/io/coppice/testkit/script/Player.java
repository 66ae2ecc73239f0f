package io.coppice.testkit.script;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Inbox;
import io.coppice.actor.Name;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.StartFailure;
import io.coppice.process.Down;
import io.coppice.process.Exited;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Got;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Outcome.Told;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A process that does what its script says and writes down what it sees. */
final class Player implements ActorFactory<Object>, Program<Object> {

    /** Told to a player: do this. */
    record Cue(List<Act> acts) {}

    /** A message of another player. */
    private record Text(String from, String text) {}

    /** A request that is never answered. */
    private record Unheard(ReplyTo<Object> replyTo) {}

    /** News of a monitor. */
    private record Fired(String label, String what, Down down) {}

    private static final Duration FOR_EVER = Duration.ofDays(1_000);

    private final Cast cast;
    private final String me;
    private final List<Act> init;
    private final boolean isWaitedFor;
    private final Queue<Entry> log = new ConcurrentLinkedQueue<>();
    private final Map<String, ActorRef<Object>> children = new HashMap<>();
    private final Map<String, MonitorRef> monitors = new HashMap<>();
    private boolean isUp;

    /**
     * @param init what it does before anything else
     * @param isWaitedFor whether somebody waits for its init, which then has no rest
     */
    Player(Cast cast, String me, List<Act> init, boolean isWaitedFor) {
        this.cast = cast;
        this.me = me;
        this.init = init;
        this.isWaitedFor = isWaitedFor;
    }

    List<Entry> log() {
        return List.copyOf(log);
    }

    // Life, as an actor or as a program

    @Override
    public Actor<Object> create(Context<Object> context) {
        cast.enter(me, this, context.self());
        perform(init, context, isWaitedFor);
        isUp = true;
        return message -> handle(message, context);
    }

    @Override
    public void run(Context<Object> context, Inbox<Object> inbox) throws InterruptedException {
        cast.enter(me, this, context.self());
        perform(init, context, isWaitedFor);
        isUp = true;
        context.started();
        while (true) {
            handle(inbox.take(), context);
        }
    }

    private void handle(Object message, Context<Object> context) {
        switch (message) {
            case Cue(var acts) -> perform(acts, context, false);
            case Text(var from, var text) -> log.add(new Got(from, text));
            case Exited(var from, var reason) -> {
                log.add(new Heard(cast.nameOf(from), reason));
                cast.lookForNamesOf(from, me);
            }
            case Fired(var label, var what, var down) -> {
                log.add(new Told(label, what, down.reason()));
                down.monitor().pid().ifPresent(gone -> cast.lookForNamesOf(gone, me));
            }
            default -> throw new IllegalStateException("no message of a script: " + message);
        }
    }

    private void perform(List<Act> acts, Context<Object> context, boolean withoutRest) {
        for (int at = 0; at < acts.size(); at++) {
            if (acts.get(at) instanceof Act.Rest) {
                if (!withoutRest) {
                    context.self().send(new Cue(acts.subList(at + 1, acts.size())));
                    return;
                }
            } else {
                perform(acts.get(at), context);
            }
        }
    }

    // Acts

    private void perform(Act act, Context<Object> context) {
        switch (act) {
            case Act.Spawn spawn -> spawn(spawn, context);
            case Act.StartLinked start -> start(start, context);
            case Act.Link(var peer) -> with(act, peer, context, ref -> link(act, ref, context));
            case Act.Unlink(var peer, boolean flush) ->
                    with(act, peer, context, ref -> unlink(act, ref.pid(), flush, context));
            case Act.Monitor(var target, var as) ->
                    with(act, target, context, ref -> monitor(target, as, ref, context));
            case Act.MonitorName(var name, var as) ->
                    monitors.putIfAbsent(
                            as,
                            context.monitor(
                                    Name.of(name), down -> new Fired(as, "@" + name, down)));
            case Act.Demonitor(var as, boolean flush) -> demonitor(act, as, flush, context);
            case Act.Trap(boolean on) -> {
                boolean before = on ? context.trapExits(news -> news) : context.stopTrappingExits();
                did(act, before ? "on" : "off");
            }
            case Act.Exit(var target, var reason) ->
                    with(act, target, context, ref -> context.exit(ref.pid(), reason));
            case Act.Kill(var target) -> with(act, target, context, ref -> context.kill(ref.pid()));
            case Act.Stop(var reason) -> throw context.stop(reason);
            case Act.Crash(var what) -> throw new ScriptedCrash(what);
            case Act.Send(var target, var text) ->
                    with(act, target, context, ref -> ref.send(new Text(me, text)));
            case Act.SendName(var name, var text) ->
                    context.node()
                            .registry()
                            .<Object>lookup(Name.of(name))
                            .ifPresentOrElse(
                                    ref -> ref.send(new Text(me, text)), () -> did(act, "badarg"));
            case Act.Register(var name, var process) ->
                    with(act, process, context, ref -> register(act, name, ref, context));
            case Act.Unregister(var name) -> unregister(act, name, context);
            case Act.WhereIs(var name) ->
                    did(
                            act,
                            context.node()
                                    .registry()
                                    .lookup(Name.of(name))
                                    .map(ref -> cast.nameOf(ref.pid()))
                                    .orElse("undefined"));
            case Act.Hang() -> {
                if (isWaitedFor && !isUp) {
                    hang();
                }
            }
            case Act.Rest() -> {}
        }
    }

    private void did(Act act, String result) {
        log.add(new Did(act, result));
    }

    /** Does {@code deed} to {@code other}, if it can be known. */
    private void with(
            Act act, String other, Context<Object> context, Consumer<ActorRef<Object>> deed) {
        var known = children.getOrDefault(other, cast.known(other));
        var ref = other.equals(me) ? context.self() : known;
        if (ref == null) {
            did(act, Did.LEFT_OUT);
        } else {
            deed.accept(ref);
        }
    }

    private void spawn(Act.Spawn spawn, Context<Object> context) {
        var child = spawn.child();
        if (!cast.isUnborn(child)) {
            did(spawn, Did.LEFT_OUT);
            return;
        }
        var player = cast.player(child, false);
        var ref = spawned(spawn, player, context);
        children.put(child, ref);
        cast.enterCensus(child, player, ref);
    }

    private ActorRef<Object> spawned(Act.Spawn spawn, Player player, Context<Object> context) {
        var child = spawn.child();
        if (spawn.monitor().isEmpty()) {
            return spawn.linked()
                    ? cast.spawnLinked(context, child, player)
                    : cast.spawn(context, child, player);
        }
        var as = spawn.monitor();
        var born =
                cast.spawnMonitored(
                        context, child, player, spawn.linked(), down -> new Fired(as, child, down));
        monitors.putIfAbsent(as, born.monitor());
        return born.ref();
    }

    private void start(Act.StartLinked start, Context<Object> context) {
        if (!cast.isUnborn(start.child())) {
            did(start, Did.LEFT_OUT);
            return;
        }
        try {
            var player = cast.player(start.child(), true);
            children.put(start.child(), cast.startLinked(context, start.child(), player));
            did(start, "ok");
        } catch (StartFailure failed) {
            did(start, Reasons.text(failed.reason()));
        }
    }

    /** Waits for an answer that never comes, as long as it lives. */
    private void hang() {
        Object answer = cast.deaf().call(Unheard::new, FOR_EVER);
        throw new IllegalStateException("nobody can have answered: " + answer);
    }

    private void link(Act act, ActorRef<Object> peer, Context<Object> context) {
        try {
            context.link(peer.pid());
            did(act, "ok");
        } catch (NoSuchProcess gone) {
            did(act, "noproc");
        }
    }

    private void unlink(Act act, Pid peer, boolean flush, Context<Object> context) {
        if (flush) {
            did(act, context.unlinkAndFlush(peer) ? "flushed" : "ok");
        } else {
            context.unlink(peer);
            did(act, "ok");
        }
    }

    private void monitor(String target, String as, ActorRef<Object> ref, Context<Object> context) {
        monitors.putIfAbsent(as, context.monitor(ref.pid(), down -> new Fired(as, target, down)));
    }

    private void demonitor(Act act, String as, boolean flush, Context<Object> context) {
        var monitor = monitors.get(as);
        if (monitor == null) {
            did(act, Did.LEFT_OUT);
            return;
        }
        boolean active = flush ? context.demonitorAndFlush(monitor) : context.demonitor(monitor);
        did(act, active ? "true" : "false");
    }

    private void register(Act act, String name, ActorRef<Object> process, Context<Object> context) {
        try {
            context.node().registry().register(Name.of(name), process);
            did(act, "ok");
        } catch (IllegalArgumentException refused) {
            did(act, "badarg");
        }
    }

    private void unregister(Act act, String name, Context<Object> context) {
        try {
            context.node().registry().unregister(Name.of(name));
            did(act, "ok");
        } catch (IllegalArgumentException refused) {
            did(act, "badarg");
        }
    }
}
