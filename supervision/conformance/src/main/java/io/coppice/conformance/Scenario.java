package io.coppice.conformance;

import java.util.List;

/**
 * A scenario, read but not run.
 *
 * @param file its name, for messages
 * @param steps its commands in order
 * @param warnings what in it has no effect, each with file and line
 */
record Scenario(String file, List<Step> steps, List<String> warnings) {

    Scenario {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    /**
     * One command.
     *
     * @param line where it stands, counted from one
     * @param text how it is echoed: single blanks, no comment
     * @param command what it means
     */
    record Step(int line, String text, Command command) {}
}
