package io.coppice.testkit.model;

import io.coppice.testkit.script.Outcome;
import io.coppice.testkit.script.Outcome.Ended;
import io.coppice.testkit.script.Outcome.Lives;
import io.vavr.collection.Queue;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/** An outcome that was seen, as the end of a search for how it may have come about. */
record Sought(Outcome outcome) {

    /** Whether {@code world} may still lead there: nobody has seen anything else so far. */
    boolean isStillPossible(World world) {
        return world.procs().forAll(proc -> isStillPossible(proc._1, proc._2));
    }

    private boolean isStillPossible(String who, Proc proc) {
        return switch (outcome.of(who).orElse(null)) {
            case Lives lives -> !proc.isDead() && isPrefix(proc.log(), lives.log());
            case Ended(var reason) -> reason.isEmpty() || proc.death().forAll(reason.get()::equals);
            case null -> false;
        };
    }

    private static boolean isPrefix(Queue<Outcome.Entry> log, List<Outcome.Entry> seen) {
        return log.size() <= seen.size()
                && log.corresponds(seen.subList(0, log.size()), Object::equals);
    }

    /** Whether {@code end}, in which nothing can happen any more, is there. */
    boolean isReached(World end) {
        var reached = end.outcome().fates();
        return reached.keySet().equals(outcome.fates().keySet())
                && reached.keySet().stream().allMatch(who -> isReached(who, reached.get(who)));
    }

    private boolean isReached(String who, Outcome.@Nullable Fate reached) {
        var sought = outcome.fates().get(who);
        boolean isUnseen = sought instanceof Ended(var reason) && reason.isEmpty();
        return isUnseen ? reached instanceof Ended : Objects.equals(sought, reached);
    }
}
