package io.coppice.examples.kv.driver;

import java.util.ArrayList;

/** Reads what a {@link FakeStore} answers. */
final class Reply {

    private final String text;
    private int next;

    private Reply(String text) {
        this.text = text;
    }

    static Answer parse(String text) {
        return new Reply(text).answer();
    }

    private Answer answer() {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> new Answer.Text(rest);
            case '-' -> new Answer.Error(rest);
            case ':' -> new Answer.Number(Long.parseLong(rest));
            case '$' -> rest.equals("-1") ? Answer.NIL : bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default -> throw new IllegalArgumentException(text);
        };
    }

    private Answer bulk(int length) {
        String value = text.substring(next, next + length);
        next += length + 2;
        return new Answer.Text(value);
    }

    private Answer array(int size) {
        var elements = new ArrayList<Answer>();
        while (elements.size() < size) elements.add(answer());
        return new Answer.Array(elements);
    }

    private String line() {
        int end = text.indexOf("\r\n", next);
        String line = text.substring(next, end);
        next = end + 2;
        return line;
    }
}
