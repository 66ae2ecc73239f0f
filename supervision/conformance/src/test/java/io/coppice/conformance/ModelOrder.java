package io.coppice.conformance;

import io.coppice.testkit.model.World;

import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Chooses what happens next in a world of the model. */
interface ModelOrder {

    World.Choice next(World world, List<World.Choice> choices);

    /** Any order, drawn with {@code seed}. */
    static ModelOrder drawn(long seed) {
        var random = new Random(seed);
        return (world, choices) -> choices.get(random.nextInt(choices.size()));
    }

    /**
     * That of an Erlang with one scheduler: a signal arrives at once, but at a process that is
     * acting only when it has acted.
     */
    static ModelOrder prompt() {
        return (world, choices) ->
                choices.stream().min(Comparator.comparing(next -> rank(world, next))).get();
    }

    private static int rank(World world, World.Choice choice) {
        return switch (choice) {
            case World.Arrives arrives when !world.isActing(arrives.to()) -> 0;
            case World.Runs(var who) when world.isActing(who) -> 1;
            case World.BecomesKnown known -> 2;
            case World.Arrives arrives -> 3;
            case World.Runs runs -> 4;
            case World.Expires expires -> 5;
            case World.Rings rings -> 6;
        };
    }
}
