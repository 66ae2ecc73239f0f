package io.coppice.testkit.model;

import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
        var found = new LinkedHashSet<Outcome>();
        boolean complete =
                search(
                        script,
                        world -> true,
                        end -> {
                            found.add(end.outcome());
                            return false;
                        });
        return new Outcomes(Set.copyOf(found), complete);
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
                search(script, sought::isStillPossible, end -> reached[0] |= sought.isReached(end));
        return reached[0] ? Answer.ALLOWED : complete ? Answer.FORBIDDEN : Answer.UNDECIDED;
    }

    /**
     * Looks at the worlds that {@code isOfInterest}, the likely first.
     *
     * @param end told of each world in which the script is over; true to look no further
     * @return whether all were looked at
     */
    private boolean search(Script script, Predicate<World> isOfInterest, Predicate<World> end) {
        var seen = new HashSet<World>();
        Deque<World> open = new ArrayDeque<>();
        Consumer<World> look =
                world -> {
                    if (isOfInterest.test(world) && seen.add(world)) {
                        open.push(world);
                    }
                };
        look.accept(World.at(script));
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
