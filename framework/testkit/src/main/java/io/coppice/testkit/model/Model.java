package io.coppice.testkit.model;

import io.coppice.testkit.model.supervisor.Role;
import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What may become of a script: all that any order of steps and arrivals leads to. */
public final class Model {

    private final int limit;

    /**
     * @param limit how many worlds are looked at before a question is left undecided; greater than
     *     zero
     */
    public Model(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + ", must be greater than zero");
        }
        this.limit = limit;
    }

    /** A model that looks at half a million worlds. */
    public Model() {
        this(500_000);
    }

    /**
     * All allowed outcomes that were found.
     *
     * @param all the outcomes
     * @param isComplete whether there are no others
     */
    public record Outcomes(Set<Outcome> all, boolean isComplete) {}

    /** Every outcome that {@code script} may have. */
    public Outcomes outcomes(Script script) {
        return outcomes(script, Map.of());
    }

    /**
     * Every outcome that {@code script} may have if it starts supervisors.
     *
     * @param cast what becomes of those that are started, by id; they are called {@code id#1},
     *     {@code id#2} and so on
     */
    public Outcomes outcomes(Script script, Map<String, Role> cast) {
        var begin = World.at(script);
        for (var part : cast.entrySet()) {
            begin = begin.withRole(part.getKey(), part.getValue());
        }
        var ends = ends(begin);
        var found = ends.all().stream().map(World::outcome).collect(Collectors.toSet());
        return new Outcomes(Set.copyOf(found), ends.isComplete());
    }

    /**
     * All ways in which a story may end.
     *
     * @param all the worlds in which nothing happens any more; they differ also in the order of
     *     what has happened to those that were started by id
     * @param isComplete whether there are no others
     */
    public record Ends(Set<World> all, boolean isComplete) {}

    /** All ways in which a story may end that begins with {@code world}. */
    public Ends ends(World world) {
        var found = new LinkedHashSet<World>();
        boolean complete =
                search(
                        world,
                        any -> true,
                        end -> {
                            found.add(end);
                            return false;
                        });
        return new Ends(Set.copyOf(found), complete);
    }

    /** Whether an outcome is allowed. */
    public enum Answer {
        /** There is an order of events that leads to it. */
        ALLOWED,
        /** There is none. */
        FORBIDDEN,
        /** Too many worlds would have to be looked at. */
        UNDECIDED
    }

    /** Whether {@code outcome} is one that {@code script} may have. */
    public Answer allows(Script script, Outcome outcome) {
        var sought = new Sought(outcome);
        var reached = new boolean[1];
        boolean complete =
                search(
                        World.at(script),
                        sought::isStillPossible,
                        end -> reached[0] |= sought.isReached(end));
        return reached[0] ? Answer.ALLOWED : complete ? Answer.FORBIDDEN : Answer.UNDECIDED;
    }

    /**
     * Looks at the worlds that {@code isOfInterest}, the likely first.
     *
     * @param end told of each world in which the script is over; true to look no further
     * @return whether all were looked at
     */
    private boolean search(World begin, Predicate<World> isOfInterest, Predicate<World> end) {
        var seen = new HashSet<World>();
        Deque<World> open = new ArrayDeque<>();
        Consumer<World> look =
                world -> {
                    if (isOfInterest.test(world) && seen.add(world)) {
                        open.push(world);
                    }
                };
        look.accept(begin);
        while (!open.isEmpty()) {
            if (seen.size() > limit) {
                return false;
            }
            var world = open.pop();
            if (world.isQuiet()) {
                if (world.isLastPhase() && end.test(world)) {
                    return true;
                }
                if (!world.isLastPhase()) {
                    look.accept(world.nextPhase());
                }
            }
            // Last in, first out: signals that arrive at once are tried first.
            world.choices().reversed().forEach(choice -> look.accept(world.step(choice)));
        }
        return true;
    }
}
