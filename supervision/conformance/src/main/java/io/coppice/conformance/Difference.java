package io.coppice.conformance;

import java.util.Optional;

/**
 * Where two traces part.
 *
 * @param line counted from one
 * @param command the command whose part of the trace it is
 * @param expected the line that should be there, or empty if the trace should have ended
 * @param got the line that is there, or empty if the trace has ended
 */
record Difference(int line, String command, Optional<String> expected, Optional<String> got) {

    /** The first line in which {@code got} is not as expected. */
    static Optional<Difference> between(String expected, String got) {
        var wanted = expected.split("\n", -1);
        var found = got.split("\n", -1);
        var command = "";
        for (int i = 0; i < Math.max(wanted.length, found.length); i++) {
            var want = line(wanted, i);
            var find = line(found, i);
            if (!want.equals(find)) {
                return Optional.of(new Difference(i + 1, command, want, find));
            }
            if (wanted[i].startsWith("> ")) {
                command = wanted[i];
            }
        }
        return Optional.empty();
    }

    private static Optional<String> line(String[] lines, int index) {
        return index < lines.length ? Optional.of(lines[index]) : Optional.empty();
    }

    @Override
    public String toString() {
        return """
          line %d%s
            expected %s
            got      %s
        """
                .formatted(
                        line,
                        command.isEmpty() ? "" : " after " + command,
                        expected.map(text -> "\"" + text + "\"").orElse("the end"),
                        got.map(text -> "\"" + text + "\"").orElse("the end"));
    }
}
