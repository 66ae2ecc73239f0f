package io.coppice.examples.incidents;

import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Outcome;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How incidents are shown to people. */
final class Printer {

    private static final int WIDTH = 100;
    private static final String MARGIN = " ".repeat(13);
    private static final List<String> HEADER =
            List.of("incident", "seen", "elsewhere", "here", "verdict");

    private Printer() {}

    static String line(Story story) {
        return String.format("%-34s %s", story.id(), story.title());
    }

    /** A story, what was seen, and the verdict. */
    static List<String> story(Outcome outcome) {
        var story = outcome.story();
        var elsewhere = outcome.elsewhere();
        var lines = new ArrayList<String>();
        lines.add(story.id() + ": " + story.title());
        lines.addAll(paragraph("from", story.from()));
        lines.addAll(paragraph("elsewhere", story.elsewhere()));
        lines.addAll(facts(elsewhere.how().toString(), elsewhere.facts()));
        lines.addAll(paragraph("here", story.here()));
        lines.addAll(facts("seen", outcome.here()));
        if (!outcome.here().equals(outcome.right())) {
            lines.addAll(facts("should be", outcome.right()));
        }
        lines.add("  " + outcome.verdict());
        lines.add("");
        return lines;
    }

    private static List<String> facts(String how, Facts facts) {
        return facts.all().stream().map(fact -> MARGIN + how + ": " + fact).toList();
    }

    /** Text with a word in the margin, broken between words. */
    private static List<String> paragraph(String word, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(String.format("  %-10s", word));
        for (var next : text.split(" ", -1)) {
            if (line.length() + 1 + next.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(MARGIN.substring(1));
            }
            line.append(' ').append(next);
        }
        lines.add(line.toString());
        return lines;
    }

    /** All of them in aligned columns. */
    static List<String> table(List<Outcome> outcomes) {
        var rows = Stream.concat(Stream.of(HEADER), outcomes.stream().map(Printer::row)).toList();
        return rows.stream().map(row -> aligned(row, widths(rows))).toList();
    }

    private static List<String> row(Outcome outcome) {
        return List.of(
                outcome.story().id(),
                outcome.right().headline().what(),
                outcome.elsewhere().facts().headline().value(),
                outcome.here().headline().value(),
                outcome.verdict().toString());
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEADER.size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static String aligned(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(String.format("%-" + (widths[i] + 2) + "s", row.get(i)));
        }
        return line.toString().stripTrailing();
    }

    /** For example {@code 30 incidents: 30 OK, 0 WRONG}. */
    static String summary(List<Outcome> outcomes) {
        long ok = outcomes.stream().filter(it -> it.verdict() == Verdict.OK).count();
        return "%d incidents: %d OK, %d WRONG".formatted(outcomes.size(), ok, outcomes.size() - ok);
    }

    /** The same table for the README, where the reader wants to know where each comes from. */
    static List<String> markdown(List<Outcome> outcomes) {
        var lines = new ArrayList<String>();
        lines.add("| incident | what goes wrong elsewhere | from | seen | elsewhere | here |");
        lines.add("|---|---|---|---|---|---|");
        outcomes.forEach(outcome -> lines.add(markdown(outcome)));
        return lines;
    }

    private static String markdown(Outcome outcome) {
        var story = outcome.story();
        var elsewhere = outcome.elsewhere().facts().headline();
        return cells(
                "`" + story.id() + "`",
                story.title(),
                story.from(),
                elsewhere.what(),
                elsewhere.value(),
                outcome.here().headline().value());
    }

    private static String cells(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
