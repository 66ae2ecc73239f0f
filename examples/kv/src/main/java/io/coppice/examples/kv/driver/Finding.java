package io.coppice.examples.kv.driver;

import java.util.List;

/**
 * An answer that no run of a right server could have given.
 *
 * @param request what was asked
 * @param answer what it was answered with
 * @param expected every answer that would have been right
 * @param writesMissing how many acknowledged writes the answer knows nothing of, if it fits an
 *     earlier state of the key; 0 if it fits none that is remembered
 * @param history what became of the key before, oldest first
 */
public record Finding(
        String key,
        String request,
        String answer,
        List<String> expected,
        int writesMissing,
        List<String> history) {

    public Finding {
        expected = List.copyOf(expected);
        history = List.copyOf(history);
    }

    /** Several lines: what was wrong, and all that is needed to see why. */
    public String details() {
        var text = new StringBuilder();
        text.append("%s  on  %s%n".formatted(request, key));
        text.append("  answered  %s%n".formatted(answer));
        expected.forEach(right -> text.append("  expected  %s%n".formatted(right)));
        if (writesMissing > 0) {
            text.append("  as it was before its last %d writes%n".formatted(writesMissing));
        }
        history.forEach(event -> text.append("  before    %s%n".formatted(event)));
        return text.toString();
    }
}
