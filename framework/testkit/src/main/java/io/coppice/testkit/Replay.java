package io.coppice.testkit;

import io.coppice.testkit.internal.Hunter;

/**
 * All that decides a run of a scenario.
 *
 * @param seed where the numbers come from that the run draws
 * @param script which elements of its {@link Simulation#script} it has, by their places from 0 and
 *     separated by spaces; {@code all} or {@code none}
 * @param schedule the decisions that are not the first possible, as {@code decision:answer},
 *     counted from 0 and separated by spaces; may be empty
 */
public record Replay(long seed, String script, String schedule) {

    public Replay {
        require("script", script, "all|none|\\d+( \\d+)*");
        require("schedule", schedule, "(\\d+:\\d+( \\d+:\\d+)*)?");
    }

    private static void require(String name, String value, String pattern) {
        if (!value.matches(pattern)) {
            throw new IllegalArgumentException(name + ": \"" + value + "\", must match " + pattern);
        }
    }

    /** What makes hunts, most often a method of a test. */
    @FunctionalInterface
    public interface Body {

        /**
         * Makes them.
         *
         * @throws Throwable as any test does
         */
        void run() throws Throwable;
    }

    /**
     * Runs {@code body}, in which every hunt plays this once, with its own scenario and faults,
     * instead of a search. So a failure can be repeated whose scenario has no name.
     *
     * @throws SimulationFailure if a hunt fails, even if {@code body} keeps that to itself
     * @throws IllegalStateException if there is no hunt in it, on its own thread
     * @throws Throwable what {@code body} throws though no hunt fails
     */
    public void in(Body body) throws Throwable {
        var failure = Hunter.replayIn(this, body);
        if (failure.isPresent()) {
            throw new SimulationFailure(failure.get());
        }
    }

    /** As it is written above a test. */
    @Override
    public String toString() {
        var text = new StringBuilder("@Seed(value = ").append(seed).append("L, ");
        if (!script.equals("all")) {
            text.append("script = \"").append(script).append("\", ");
        }
        return text.append("schedule = \"").append(schedule).append("\")").toString();
    }
}
