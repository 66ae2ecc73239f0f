package io.coppice.supervision;

import java.util.ArrayList;
import java.util.List;

/** A tree as text: to the left the tree, to the right what there is to know. */
final class TextPrinter {

    private static final int GAP = 3;

    /** Control characters, marks that change the direction, ends of lines and paragraphs. */
    private static final String BREAKING = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

    /** One line, in two columns. */
    private record Row(String tree, String remarks) {
        /** An id or a name may contain anything but must not break the drawing. */
        Row {
            tree = tree.replaceAll(BREAKING, " ");
            remarks = remarks.replaceAll(BREAKING, " ");
        }

        String padded(int width) {
            return (tree + " ".repeat(width - tree.length()) + remarks).stripTrailing();
        }
    }

    private final List<Row> rows = new ArrayList<>();

    private TextPrinter() {}

    static String print(TreeView view) {
        var printer = new TextPrinter();
        printer.add(view, "", "");
        int width = GAP + printer.rows.stream().mapToInt(it -> it.tree().length()).max().orElse(0);
        return String.join("\n", printer.rows.stream().map(row -> row.padded(width)).toList());
    }

    /**
     * @param before what stands before it, in its own line
     * @param below what stands before its children
     */
    private void add(TreeView view, String before, String below) {
        rows.add(new Row(before + Remarks.label(view), Remarks.line(view)));
        var children = view.children();
        for (int i = 0; i < children.size(); i++) {
            boolean isLast = i == children.size() - 1 && view.more() == 0;
            add(
                    children.get(i),
                    below + (isLast ? "└── " : "├── "),
                    below + (isLast ? "    " : "│   "));
        }
        if (view.more() > 0) {
            rows.add(new Row(below + "└── " + Remarks.more(view), ""));
        }
    }
}
