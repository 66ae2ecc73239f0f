package io.coppice.examples.kv.driver;

import java.util.stream.Collectors;

/** Short one-line pictures of what went over the wire, for reports. */
final class Printable {

    private static final int LONGEST = 160;

    private Printable() {}

    static String of(Request request) {
        return clipped(
                request.words().stream().map(Printable::word).collect(Collectors.joining(" ")));
    }

    static String of(Answer answer) {
        return clipped(picture(answer));
    }

    static String of(Content content) {
        return clipped(
                switch (content) {
                    case Content.Absent() -> "nothing";
                    case Content.Text(var value) -> quoted(value);
                    case Content.Elements(var values) -> escaped(values.toString());
                    case Content.Fields(var values) -> escaped(values.toString());
                    case Content.Members(var values) -> "set " + escaped(values.toString());
                });
    }

    private static String picture(Answer answer) {
        return switch (answer) {
            case Answer.Text(var value) -> quoted(value);
            case Answer.Number(var value) -> Long.toString(value);
            case Answer.Nil() -> "nil";
            case Answer.Error(var text) -> "error '" + escaped(text) + "'";
            case Answer.Array(var elements) ->
                    elements.stream()
                            .map(Printable::picture)
                            .collect(Collectors.joining(", ", "[", "]"));
        };
    }

    private static String word(String word) {
        return word.isEmpty() || word.indexOf(' ') >= 0 ? quoted(word) : escaped(word);
    }

    private static String quoted(String value) {
        return '"' + escaped(value) + '"';
    }

    /** One line, whatever bytes a value holds. */
    private static String escaped(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length() && out.length() <= LONGEST; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                default -> {
                    if (c < ' ' || c > '~') out.append("\\x%02x".formatted((int) c));
                    else out.append(c);
                }
            }
        }
        return out.toString();
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
