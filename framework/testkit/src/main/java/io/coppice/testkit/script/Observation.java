package io.coppice.testkit.script;

import io.coppice.actor.Fates;

import java.util.List;
import java.util.Optional;

/**
 * What was seen of one performance of a script.
 *
 * @param outcome what has become of its processes
 * @param irregularities what went wrong that no outcome shows; empty if all is well
 * @param fates what became of the messages of the node; empty if there was none
 */
public record Observation(Outcome outcome, List<String> irregularities, Optional<Fates> fates) {
    public Observation {
        irregularities = List.copyOf(irregularities);
    }

    /** What the model allows, or what else is seen on no node. */
    public Observation(Outcome outcome, List<String> irregularities) {
        this(outcome, irregularities, Optional.empty());
    }
}
