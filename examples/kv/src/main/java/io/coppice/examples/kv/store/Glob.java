package io.coppice.examples.kv.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern of {@code KEYS} and {@code SCAN}: {@code *} any bytes, {@code ?} any byte, {@code
 * [a-c]}, {@code [^a]} a byte of a set, {@code \} takes the next byte as it is.
 *
 * <p>Matching takes at most as many steps as pattern times key, whatever a client makes up: a star
 * that fails is retried one byte further, and only the last star met is ever retried.
 *
 * @see <a href="https://github.com/redis/redis/blob/7.0/src/util.c">{@code stringmatchlen}</a>
 */
public final class Glob {

    /** The longest pattern accepted, in bytes. A longer one would let one request hold a shard. */
    public static final int LONGEST_PATTERN = 1024;

    /** Matches everything. */
    public static final Glob ANY = new Glob(List.of(new Star()));

    private sealed interface Token {}

    /** Any bytes, none included. */
    private record Star() implements Token {}

    /** One byte out of a set. */
    private record OneOf(BitSet bytes) implements Token {}

    private final List<Token> tokens;

    private Glob(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * @throws RedisError if the pattern is longer than {@link #LONGEST_PATTERN}
     */
    public static Glob of(Bytes pattern) {
        if (pattern.length() > LONGEST_PATTERN) {
            throw RedisError.patternTooLong(pattern.length());
        }
        return new Glob(new Parser(pattern).parse());
    }

    public boolean matches(Bytes text) {
        int token = 0;
        int at = 0;
        int starToken = -1;
        int starAt = 0;
        while (at < text.length()) {
            if (token < tokens.size() && tokens.get(token) instanceof Star) {
                starToken = token++;
                starAt = at;
            } else if (token < tokens.size() && takes(tokens.get(token), text.at(at))) {
                token++;
                at++;
            } else if (starToken >= 0) {
                token = starToken + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        return onlyStarsFrom(token);
    }

    private boolean onlyStarsFrom(int token) {
        return tokens.subList(token, tokens.size()).stream().allMatch(Star.class::isInstance);
    }

    private static boolean takes(Token token, byte value) {
        return token instanceof OneOf(var bytes) && bytes.get(value & 0xff);
    }

    private static final class Parser {
        private final Bytes pattern;
        private int at;

        Parser(Bytes pattern) {
            this.pattern = pattern;
        }

        List<Token> parse() {
            var tokens = new ArrayList<Token>();
            while (at < pattern.length()) {
                tokens.add(next());
            }
            return List.copyOf(tokens);
        }

        private Token next() {
            int value = take();
            return switch (value) {
                case '*' -> new Star();
                case '?' -> new OneOf(range(0, 255));
                case '[' -> new OneOf(set());
                case '\\' -> new OneOf(range(has(1) ? take() : value));
                default -> new OneOf(range(value));
            };
        }

        /** Reads up to the closing bracket; where there is none, up to the end, as Redis does. */
        private BitSet set() {
            boolean negated = has(1) && peek(0) == '^';
            if (negated) {
                at++;
            }
            var bytes = new BitSet(256);
            while (has(1) && peek(0) != ']') {
                bytes.or(member());
            }
            if (has(1)) {
                at++;
            }
            if (negated) {
                bytes.flip(0, 256);
            }
            return bytes;
        }

        private BitSet member() {
            if (peek(0) == '\\' && has(2)) {
                at++;
                return range(take());
            }
            if (has(3) && peek(1) == '-') {
                int first = take();
                at++;
                return range(first, take());
            }
            return range(take());
        }

        private boolean has(int count) {
            return pattern.length() - at >= count;
        }

        private int peek(int ahead) {
            return pattern.at(at + ahead) & 0xff;
        }

        private int take() {
            return pattern.at(at++) & 0xff;
        }

        private static BitSet range(int value) {
            return range(value, value);
        }

        private static BitSet range(int one, int other) {
            var bytes = new BitSet(256);
            bytes.set(Math.min(one, other), Math.max(one, other) + 1);
            return bytes;
        }
    }
}
