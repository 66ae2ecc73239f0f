package io.coppice.supervision.laws;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;
import io.coppice.supervision.Child;
import io.coppice.supervision.ChildStart;
import io.coppice.supervision.GaveUp;
import io.coppice.supervision.Outcome;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.laws.TreeScript.Move;
import io.coppice.testkit.script.Stage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Performs a {@link TreeScript} on a node. */
final class TreePlayer {

    /** With what an init fails. */
    static final ExitReason FAILURE = ExitReason.custom("e");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TreeScript script;
    private final Node node;
    private final Consumer<Node> settle;
    private final Consumer<Duration> sleep;
    private final List<String> trace = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, ActorRef<Object>> latest = new ConcurrentHashMap<>();
    private @Nullable ActorRef<Supervisor.Message> top;

    private TreePlayer(TreeScript script, Stage stage, Consumer<Duration> sleep) {
        this.script = script;
        this.node = stage.node();
        this.settle = stage.settle();
        this.sleep = sleep;
    }

    static TreeTrace play(TreeScript script, Stage stage) {
        return play(script, stage, TreePlayer::refuse);
    }

    /**
     * Plays {@code script}, in which time may pass.
     *
     * @param sleep lets time pass
     */
    static TreeTrace play(TreeScript script, Stage stage, Consumer<Duration> sleep) {
        var player = new TreePlayer(script, stage, sleep);
        player.boot();
        var start = player.look();
        var moves = new ArrayList<List<String>>();
        for (var move : script.moves()) {
            if (!player.isOver()) {
                player.play(move);
                moves.add(player.look());
            }
        }
        player.kill();
        return new TreeTrace(start, moves, player.survivors());
    }

    /**
     * Plays the moves of {@code script}, all of them ends of children, at once.
     *
     * @return what happened after the start
     */
    static List<String> playAtOnce(TreeScript script, Stage stage) {
        var player = new TreePlayer(script, stage, TreePlayer::refuse);
        player.boot();
        player.look();
        var children = Map.copyOf(player.latest); // not those that come to replace them meanwhile
        for (var move : script.moves()) {
            if (move instanceof Move.End(var id, var reason)) {
                player.end(children.get(id), reason);
            }
        }
        player.settle.accept(player.node);
        var seen = player.look();
        player.kill();
        return seen;
    }

    static void refuse(Duration time) {
        throw new IllegalArgumentException("nobody would let time pass: " + time);
    }

    private void boot() {
        try {
            var tree = script.tree(id -> context -> child(id, context));
            var started = node.start(tree, SpawnOptions.<Supervisor.Message>defaults());
            // Its end may have come already: then who asks is told nothing, and it is seen below.
            var unused = node.ended(started.pid()).thenAccept(this::ended);
            top = started;
            trace.add("started");
        } catch (StartFailure failed) {
            ended(failed.reason());
        }
        settle.accept(node);
    }

    private void ended(ExitReason reason) {
        boolean gaveUp = reason instanceof ExitReason.Shutdown(GaveUp why);
        trace.add("end " + (gaveUp ? ExitReason.SHUTDOWN : reason));
    }

    /** Called by one child at a time: a supervisor starts them one after the other. */
    private Actor<Object> child(String id, Context<Object> context) {
        int attempt;
        synchronized (attempts) {
            attempt = attempts.merge(id, 1, Integer::sum);
        }
        var name = id + "#" + attempt;
        latest.put(id, context.self());
        switch (script.child(id).init(attempt)) {
            case OK -> {
                trace.add("start " + name);
                var end = node.ended(context.self().pid());
                var unused = end.thenAccept(reason -> trace.add("exit " + name + " " + reason));
            }
            case IGNORE -> {
                endsInInit(name, ExitReason.NORMAL);
                throw context.ignore();
            }
            case FAIL -> {
                endsInInit(name, FAILURE);
                throw context.stop(FAILURE);
            }
        }
        return reason -> {
            throw context.stop((ExitReason) reason);
        };
    }

    /**
     * Whoever waits for the start is told of the end first, so this must be said before. In one
     * step, as in the model: a child that ends elsewhere meanwhile is seen before or after.
     */
    private void endsInInit(String name, ExitReason reason) {
        trace.addAll(List.of("start " + name, "exit " + name + " " + reason));
    }

    private boolean isOver() {
        return top == null || !node.isAlive(top.pid());
    }

    private void play(Move move) {
        switch (move) {
            case Move.End(var id, var reason) -> end(latest.get(id), reason);
            case Move.Terminate(var id) ->
                    this.<Outcome>ask(reply -> new Supervisor.Message.TerminateChild(id, reply));
            case Move.Restart(var id) ->
                    this.<ChildStart<?>>ask(
                            reply -> new Supervisor.Message.RestartChild(id, reply));
            case Move.Delete(var id) ->
                    this.<Outcome>ask(reply -> new Supervisor.Message.DeleteChild(id, reply));
            case Move.Sleep(long seconds) -> sleep.accept(Duration.ofSeconds(seconds));
        }
        settle.accept(node);
    }

    private void end(@Nullable ActorRef<Object> child, ExitReason reason) {
        if (child == null || !node.isAlive(child.pid())) {
            return;
        }
        if (reason instanceof ExitReason.Killed) {
            node.kill(child.pid());
        } else {
            child.send(reason);
        }
    }

    private <R> void ask(Function<ReplyTo<R>, Supervisor.Message> request) {
        if (top != null) {
            var unused = top.call(request, PATIENCE);
        }
    }

    private List<String> look() {
        var seen = List.copyOf(trace);
        trace.clear();
        return seen;
    }

    /** The supervisor is killed, if it lives. */
    private void kill() {
        if (top != null) {
            node.kill(top.pid());
        }
        settle.accept(node);
    }

    private List<String> survivors() {
        return latest.entrySet().stream()
                .filter(child -> node.isAlive(child.getValue().pid()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * A supervisor is killed while it waits for a child to stop.
     *
     * @return who survived
     */
    static List<String> killedWhileItStops(Stage stage) {
        var node = stage.node();
        var children = new ConcurrentHashMap<String, Pid>();
        ActorFactory<Object> plain =
                context -> {
                    children.put("plain", context.self().pid());
                    return message -> {};
                };
        var tree =
                Supervisor.supervisor("top", Strategy.ONE_FOR_ONE)
                        .children(
                                Child.worker("plain", plain),
                                Child.worker("slow", context -> slow(context, children)));
        var top = node.start(tree, SpawnOptions.<Supervisor.Message>defaults());
        node.exit(top.pid(), ExitReason.SHUTDOWN);
        stage.settle().accept(node);
        node.kill(top.pid());
        stage.settle().accept(node);
        return children.entrySet().stream()
                .filter(child -> node.isAlive(child.getValue()))
                .map(child -> child.getKey() + " survived a supervisor killed while it stopped")
                .toList();
    }

    /** Does not end when it is asked to, but when its parent is gone. */
    private static Actor<Object> slow(Context<Object> context, Map<String, Pid> children) {
        children.put("slow", context.self().pid());
        context.trapExits(exited -> exited);
        return message -> {
            if (message instanceof Exited(var from, ExitReason.Killed killed)) {
                throw context.stop(killed);
            }
        };
    }
}
