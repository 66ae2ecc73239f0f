package io.coppice.examples.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table for people: columns as wide as what stands in them, numbers to the right. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... head) {
        rows.add(List.of(head));
    }

    public void row(Object... cells) {
        var row = new ArrayList<String>();
        for (var cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
    }

    public void print(PrintStream out) {
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(column == 0 ? "" : "  ").append(padded(row.get(column), column));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private String padded(String cell, int column) {
        int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return String.format(isNumeric(column) ? "%" + width + "s" : "%-" + width + "s", cell);
    }

    private boolean isNumeric(int column) {
        return rows.stream().skip(1).allMatch(row -> row.get(column).matches("[0-9][0-9.,]*%?"));
    }
}
