package io.coppice.testkit;

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
