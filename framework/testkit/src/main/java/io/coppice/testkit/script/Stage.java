package io.coppice.testkit.script;

import io.coppice.actor.Node;
import io.coppice.testkit.internal.Quiet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where scripts are performed: a node, of which nothing but its public face is used.
 *
 * @param node where the processes live; nothing else should happen on it meanwhile
 * @param settle returns when nothing is under way any more on the node; throws an {@link
 *     AssertionError} if that does not come
 * @param kind of what the processes are made
 */
public record Stage(Node node, Consumer<Node> settle, Kind kind) {

    /** A stage on a node with threads; {@code patience} is how long it may take to come to rest. */
    public static Stage on(Node node, Kind kind, Duration patience) {
        return new Stage(node, busy -> Quiet.await(busy, patience), kind);
    }

    /** Performs {@code script}, clears away its processes, and tells what was seen. */
    public Observation perform(Script script) {
        var cast = new Cast(script, node, kind);
        try {
            settle.accept(node); // the names of an earlier performance are free then
            cast.deafIfNeeded();
            script.roots().forEach(cast::root);
            settle.accept(node);
            for (var phase : script.phases()) {
                perform(phase, cast);
            }
            return new Observation(
                    cast.outcome(), cast.irregularities(), Optional.of(node.fates()));
        } finally {
            cast.killAll();
        }
    }

    private void perform(Script.Phase phase, Cast cast) {
        cast.begin(phase);
        var order = new ArrayList<>(cast.living());
        order.removeIf(who -> phase.of(who).isEmpty());
        if (!order.isEmpty()) {
            // Who is told first is a little ahead: in each phase and for each kind it is another.
            int turn = phase.toString().hashCode() + kind.ordinal();
            Collections.rotate(order, Math.floorMod(turn, order.size()));
        }
        order.forEach(who -> cast.cue(who, phase.of(who)));
        settle.accept(node);
    }

    /** The stages of all kinds on {@code node}. */
    public static List<Stage> allOn(Node node, Duration patience) {
        return List.of(Kind.values()).stream().map(kind -> on(node, kind, patience)).toList();
    }
}
