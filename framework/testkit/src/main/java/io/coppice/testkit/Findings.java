package io.coppice.testkit;

import java.util.Optional;

/**
 * What a {@link Hunt} has found.
 *
 * @param schedules how many were tried
 * @param complete whether there are no others, within the limits of the search
 * @param failure the first that failed, made small
 */
public record Findings(long schedules, boolean complete, Optional<Failure> failure) {

    /**
     * A schedule under which a scenario fails.
     *
     * @param number it was the so-manyth that was tried, counted from 1
     * @param replay the smallest that was found to fail in the same way
     * @param cause what the scenario threw
     * @param trace of the smallest
     * @param report all of this for people, with a test that repeats it
     */
    public record Failure(
            long number, Replay replay, Throwable cause, Trace trace, String report) {}
}
