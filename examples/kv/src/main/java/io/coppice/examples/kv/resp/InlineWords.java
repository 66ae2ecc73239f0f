package io.coppice.examples.kv.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.coppice.examples.kv.store.Bytes;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of an inline command, which is a line typed by a human: parted by blanks, and put
 * together by quotes, as in {@code SET "a key" 'a value'}. Within double quotes there are escapes,
 * {@code \n \r \t \b \a \xff} and any byte for itself; within single ones there is {@code \'}.
 *
 * @see <a href="https://github.com/redis/redis/blob/7.0/src/sds.c">{@code sdssplitargs}</a>
 */
final class InlineWords {

    private final byte[] line;
    private int at;

    private InlineWords(String line) {
        this.line = line.getBytes(UTF_8);
    }

    /** Empty if a quote is not closed, or closed within a word. */
    static Optional<List<Bytes>> of(String line) {
        return new InlineWords(line).words();
    }

    private Optional<List<Bytes>> words() {
        var words = new ArrayList<Bytes>();
        skipBlanks();
        while (at < line.length) {
            Optional<Bytes> word = word();
            if (word.isEmpty()) {
                return Optional.empty();
            }
            words.add(word.get());
            skipBlanks();
        }
        return Optional.of(words);
    }

    private void skipBlanks() {
        while (at < line.length && isBlank(line[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value >= '\t' && value <= '\r' || value == 0;
    }

    private Optional<Bytes> word() {
        var word = new ByteArrayOutputStream();
        while (at < line.length && !isBlank(line[at])) {
            byte next = line[at++];
            if (next != '"' && next != '\'') {
                word.write(next);
            } else if (!quoted(next, word)) {
                return Optional.empty();
            }
        }
        return Optional.of(Bytes.wrap(word.toByteArray()));
    }

    /** Reads up to the closing quote, after which the word must end. */
    private boolean quoted(byte quote, ByteArrayOutputStream word) {
        while (at < line.length) {
            byte next = line[at++];
            if (next == quote) {
                return at == line.length || isBlank(line[at]);
            }
            boolean escape = next == '\\' && at < line.length;
            if (escape && quote == '"') {
                word.write(escaped());
            } else if (escape && line[at] == '\'') {
                word.write(line[at++]);
            } else {
                word.write(next);
            }
        }
        return false;
    }

    private int escaped() {
        if (line[at] == 'x' && at + 2 < line.length) {
            int value = hex(line[at + 1]) << 4 | hex(line[at + 2]);
            if (value >= 0) {
                at += 3;
                return value;
            }
        }
        byte next = line[at++];
        return switch (next) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> next;
        };
    }

    /** Negative if it is no hexadecimal digit, as is then what is made of it. */
    private static int hex(byte digit) {
        return Character.digit(new String(new byte[] {digit}, ISO_8859_1).charAt(0), 16);
    }
}
