package io.coppice.examples.kv.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/** What a request is answered with: one value of RESP2. */
public sealed interface Reply {

    Reply OK = new Simple("OK");
    Reply NIL = new Nil();
    Reply NIL_ARRAY = new NilArray();
    Reply ZERO = new Number(0);
    Reply ONE = new Number(1);
    Reply EMPTY = new Array(List.of());

    /**
     * A status, such as {@code +OK}.
     *
     * @param text one line
     */
    record Simple(String text) implements Reply {
        public Simple {
            text = oneLine(text);
        }
    }

    /**
     * A refusal, such as {@code -ERR syntax error}.
     *
     * @param text one line that begins with the kind of error in capitals; line ends in it, which a
     *     client may have sent, are cut off or become blanks, lest they pass for a second reply
     */
    record Error(String text) implements Reply {
        public Error {
            text = oneLine(LINE_ENDS_AROUND.matcher(text).replaceAll(""));
        }

        private static final Pattern LINE_ENDS_AROUND = Pattern.compile("^[\r\n]+|[\r\n]+$");
    }

    record Number(long value) implements Reply {}

    record Bulk(Bytes value) implements Reply {
        public Bulk {
            requireNonNull(value, "value");
        }
    }

    /** {@code $-1}: there is no such value. */
    record Nil() implements Reply {}

    /** {@code *-1}: there is no such list. */
    record NilArray() implements Reply {}

    record Array(List<Reply> elements) implements Reply {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    static Reply of(long value) {
        return value == 0 ? ZERO : value == 1 ? ONE : new Number(value);
    }

    static Reply bulk(String text) {
        return new Bulk(Bytes.of(text));
    }

    /** An array of bulk strings. */
    static Reply bulks(List<Bytes> values) {
        return new Array(values.stream().<Reply>map(Bulk::new).toList());
    }

    private static String oneLine(String text) {
        return text.replace('\r', ' ').replace('\n', ' ');
    }
}
