package io.coppice.testkit;

import java.util.List;

/**
 * What was seen in a run, the same to the byte whenever and wherever it is repeated: without
 * addresses of objects, and without what the JVM says of exceptions that it throws by itself, which
 * it stops saying when a throw is hot.
 *
 * @param lines one for each thing that happened: how many decisions there had been, the virtual
 *     time in seconds, the process, and what it did
 * @param diagram the same as a small sequence diagram, time running downwards
 */
public record Trace(List<String> lines, String diagram) {

    public Trace {
        lines = List.copyOf(lines);
    }

    /** The lines. */
    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
