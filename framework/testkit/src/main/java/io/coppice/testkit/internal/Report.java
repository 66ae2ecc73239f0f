package io.coppice.testkit.internal;

import io.coppice.testkit.Hunt;
import io.coppice.testkit.Search;
import io.coppice.testkit.Trace;

import java.util.Locale;
import java.util.stream.Collectors;

/** What a failure says to people. */
record Report(
        Hunt hunt,
        PrintedTest test,
        long number,
        Case smallest,
        Throwable found,
        Outcome again,
        Trace trace) {

    /** What the smallest run threw, or the found one if that does not fail again. */
    Throwable cause() {
        var repeated = again.failure();
        return repeated == null ? found : repeated;
    }

    String text() {
        return head()
                + "\n"
                + script()
                + schedule()
                + "\n"
                + indented(trace.diagram())
                + "\n\n"
                + indented(trace.toString())
                + "\n\n"
                + test.of(smallest.replay());
    }

    private String head() {
        return String.format(
                Locale.ROOT,
                "%s fails under schedule %d (%s, seed %d):\n    %s\n%s",
                hunt.name(),
                number,
                search(),
                hunt.seed(),
                Plain.text(cause()),
                again.failure() == null ? unsteady() : "");
    }

    private static String unsteady() {
        return "It did not fail again when it was repeated: something in it differs from run to"
                + " run,\nperhaps a static, a Set.of, the address of an object, or the time.\n";
    }

    private String search() {
        return switch (hunt.search()) {
            case Search.AtRandom r -> "at random";
            case Search.Probabilistic(var depth) -> "probabilistic of depth " + depth;
            case Search.Exhaustive(var preemptions) ->
                    "exhaustive with " + preemptions + " pre-emptions";
        };
    }

    private String script() {
        var kept = smallest.kept();
        if (kept == null) {
            return "";
        }
        var lines =
                java.util.Arrays.stream(kept)
                        .filter(place -> place < again.script().size())
                        .mapToObj(place -> "    " + Plain.text(again.script().get(place)) + "\n")
                        .collect(Collectors.joining());
        return "Minimal script, " + kept.length + " of " + again.script().size() + ":\n" + lines;
    }

    private String schedule() {
        return smallest.deviations() == 0
                ? "It needs no special schedule: whoever is ready first goes first.\n"
                : "Minimal schedule, first come first served but for "
                        + smallest.deviations()
                        + " of "
                        + again.decisions()
                        + " decisions:\n";
    }

    static String indented(String text) {
        return text.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
    }
}
