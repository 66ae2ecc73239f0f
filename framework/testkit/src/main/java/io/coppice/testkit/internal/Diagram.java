package io.coppice.testkit.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sequence diagram in plain text: a column for everybody, time running downwards. */
final class Diagram {

    private static final int COLUMN = 18;
    private static final int LONGEST = 60;
    private static final int TEXT = 34;

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<String> rows = new ArrayList<>();

    private Diagram() {}

    static String of(List<Event> events) {
        var diagram = new Diagram();
        diagram.columns.put(Journal.OUTSIDE, 0);
        int from = Math.max(0, events.size() - LONGEST);
        var shown = events.subList(from, events.size());
        shown.forEach(diagram::place);
        if (from > 0) {
            diagram.rows.add("(" + from + " earlier events left out)");
        }
        diagram.rows.add(diagram.heads());
        shown.forEach(diagram::draw);
        return String.join("\n", diagram.rows);
    }

    private void place(Event event) {
        columns.putIfAbsent(event.who(), columns.size());
        if (!event.other().isEmpty()) {
            columns.putIfAbsent(event.other(), columns.size());
        }
    }

    private String heads() {
        var row = new StringBuilder();
        columns.forEach(
                (who, column) -> {
                    row.setLength(Math.max(row.length(), column * COLUMN));
                    row.append(who.length() < COLUMN ? who : who.substring(0, COLUMN - 1));
                });
        return row.toString().replace('\0', ' ');
    }

    private void draw(Event event) {
        int at = column(event.who());
        switch (event.verb()) {
            case SENDS -> arrow(at, column(event.other()), event.detail());
            case EXITS -> arrow(at, column(event.other()), "exit " + event.detail());
            case KILLS -> arrow(at, column(event.other()), "kill");
            case LINKS -> arrow(at, column(event.other()), "link");
            case UNLINKS -> arrow(at, column(event.other()), "unlink");
            case OPENS -> arrow(at, column(event.other()), "open");
            case MONITORS -> arrow(at, column(event.other()), "monitor");
            case DEMONITORS -> arrow(at, column(event.other()), "demonitor");
            case BORN -> arrow(column(event.other()), at, "new");
            case HANDLES -> mark(at, "[ " + event.detail() + " ]");
            case DIES -> mark(at, "X " + event.detail());
            case THROWS -> mark(at, "! " + event.detail());
            case NAMED -> mark(at, "= " + event.detail());
            case WAITS -> mark(at, "~ held up");
            case FAULT -> mark(at, "* " + event.detail());
            case NOTES -> mark(at, event.detail());
        }
    }

    private int column(String who) {
        return columns.getOrDefault(who, 0);
    }

    private StringBuilder lanes() {
        var row = new StringBuilder();
        for (int column = 0; column < columns.size(); column++) {
            row.append('|').append(" ".repeat(COLUMN - 1));
        }
        return row;
    }

    private void mark(int at, String text) {
        var row = lanes();
        write(row, at * COLUMN, shortened(text));
        rows.add(row.toString().stripTrailing());
    }

    private void arrow(int from, int to, String text) {
        if (from == to) {
            mark(from, "-> itself: " + text);
            return;
        }
        var row = lanes();
        int left = Math.min(from, to) * COLUMN;
        int right = Math.max(from, to) * COLUMN;
        for (int i = left + 1; i < right; i++) {
            row.setCharAt(i, '-');
        }
        row.setCharAt(to > from ? right - 1 : left + 1, to > from ? '>' : '<');
        int room = right - left - 5;
        write(row, left + 3, text.length() <= room ? text : text.substring(0, room));
        rows.add(row.toString().stripTrailing());
    }

    private static String shortened(String text) {
        return text.length() <= TEXT ? text : text.substring(0, TEXT - 3) + "...";
    }

    private static void write(StringBuilder row, int at, String text) {
        row.setLength(Math.max(row.length(), at + text.length()));
        row.replace(at, at + text.length(), text);
    }
}
