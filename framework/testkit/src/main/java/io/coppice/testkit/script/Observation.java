package io.coppice.testkit.script;

import java.util.List;

/**
 * What was seen of one performance of a script.
 *
 * @param outcome what has become of its processes
 * @param irregularities what went wrong that no outcome shows; empty if all is well
 */
public record Observation(Outcome outcome, List<String> irregularities) {
    public Observation {
        irregularities = List.copyOf(irregularities);
    }
}
