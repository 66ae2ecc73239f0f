package io.coppice.examples.kv.driver;

import java.util.ArrayList;
import java.util.List;

/**
 * What a request was, or should be, answered with. A status such as {@code OK} and a bulk string
 * are both {@link Text}, for the client library does not tell them apart.
 */
sealed interface Answer {

    Answer OK = new Text("OK");
    Answer NIL = new Nil();
    Answer WRONG_TYPE = new Error("WRONGTYPE");
    Answer NOT_AN_INTEGER = new Error("ERR");

    /**
     * @param value one character for each byte
     */
    record Text(String value) implements Answer {}

    record Number(long value) implements Answer {}

    record Nil() implements Answer {}

    record Array(List<Answer> elements) implements Answer {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    /**
     * @param text the whole line; only its first word, the kind of error, is ever predicted
     */
    record Error(String text) implements Answer {
        Error kind() {
            int end = text.indexOf(' ');
            return end < 0 ? this : new Error(text.substring(0, end));
        }
    }

    static Answer texts(Iterable<String> values) {
        var elements = new ArrayList<Answer>();
        values.forEach(value -> elements.add(new Text(value)));
        return new Array(elements);
    }
}
