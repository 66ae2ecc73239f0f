package io.coppice.supervision;

import java.util.stream.Collectors;

/** A tree as a flowchart of Mermaid: supervisors are boxes, workers have round corners. */
final class MermaidPrinter {

    private final StringBuilder lines = new StringBuilder("flowchart TD");
    private int nodes = 0;

    private MermaidPrinter() {}

    static String print(TreeView view) {
        var printer = new MermaidPrinter();
        printer.add(view, "");
        return printer.lines.toString();
    }

    /**
     * @param arrow from its parent to it
     */
    private void add(TreeView view, String arrow) {
        var remarks = Remarks.line(view);
        var text =
                escaped(Remarks.label(view))
                        + (remarks.isEmpty() ? "" : "<br/>" + escaped(remarks));
        var node =
                line(
                        arrow,
                        switch (view.type()) {
                            case SUPERVISOR -> "[\"" + text + "\"]";
                            case WORKER -> "(\"" + text + "\")";
                        });
        view.children().forEach(child -> add(child, node + " --> "));
        if (view.more() > 0) {
            line(node + " --> ", "(\"" + Remarks.more(view) + "\")");
        }
    }

    /** A node is called by its number: an id may contain anything. */
    private String line(String arrow, String shape) {
        var node = "n" + nodes++;
        lines.append("\n    ").append(arrow).append(node).append(shape);
        return node;
    }

    /** Whatever might be syntax, of Mermaid, Markdown or HTML, by its code. */
    private static String escaped(String text) {
        return text.codePoints()
                .mapToObj(
                        it ->
                                Character.isLetterOrDigit(it) || " ,_/".indexOf(it) >= 0
                                        ? Character.toString(it)
                                        : "#" + it + ";")
                .collect(Collectors.joining());
    }
}
