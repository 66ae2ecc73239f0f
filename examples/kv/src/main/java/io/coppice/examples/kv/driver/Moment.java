package io.coppice.examples.kv.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a run stands at one moment.
 *
 * @param total how long the run is to be
 * @param progress since the start
 * @param requestsPerSecond of late
 */
record Moment(
        Duration elapsed,
        Duration total,
        Progress progress,
        String requestsPerSecond,
        long restarts,
        Map<String, Long> kills,
        List<String> tree) {

    private static final int MOST_LINES_OF_TREE = 15;

    Moment {
        kills = Map.copyOf(kills);
        tree = List.copyOf(tree);
    }

    /** All there is to see, in 20 lines at most. */
    List<String> frame() {
        var lines = new ArrayList<String>();
        lines.add(
                "%d s of %d s   %s   %s/s"
                        .formatted(
                                elapsed.toSeconds(),
                                total.toSeconds(),
                                Printed.count(progress.requests(), "request"),
                                requestsPerSecond));
        lines.add("kills " + Printed.kills(kills) + "   restarts " + Printed.count(restarts));
        lines.add(troubles());
        lines.add("");
        lines.addAll(treeLines());
        return lines;
    }

    /** The same in one line, without the tree. */
    String line() {
        long killed = kills.values().stream().mapToLong(Long::longValue).sum();
        return "%3d s   %9s requests  %7s/s   kills %s   restarts %s   %s"
                .formatted(
                        elapsed.toSeconds(),
                        Printed.count(progress.requests()),
                        requestsPerSecond,
                        Printed.count(killed),
                        Printed.count(restarts),
                        troubles());
    }

    List<String> treeLines() {
        if (tree.size() <= MOST_LINES_OF_TREE) return tree;
        var lines = new ArrayList<>(tree.subList(0, MOST_LINES_OF_TREE - 1));
        lines.add("... and " + Printed.count(tree.size() - lines.size(), "more line"));
        return lines;
    }

    private String troubles() {
        return "retries %s   unknown %s   wrong %s"
                .formatted(
                        Printed.count(progress.retries()),
                        Printed.count(progress.unknownOutcomes()),
                        Printed.count(progress.wrong()));
    }
}
