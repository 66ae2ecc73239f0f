package io.coppice.examples.kv.store;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;

/** What a key holds. It changes, and belongs to one {@link Keyspace}. */
sealed interface Value {

    /** As {@code TYPE} says it. */
    String type();

    /** A string, to which appending costs what is appended, not what is there. */
    final class Text implements Value {
        private Bytes bytes;
        private byte[] room = NO_ROOM; // begins with the bytes once something was appended
        private static final byte[] NO_ROOM = {};

        Text(Bytes bytes) {
            this.bytes = bytes;
        }

        Bytes bytes() {
            return bytes;
        }

        /** Strings handed out before stay as they are: they do not look beyond their end. */
        void append(Bytes suffix) {
            int length = bytes.length() + suffix.length();
            if (room.length < length) {
                room = Arrays.copyOf(bytes.toArray(), length + length / 2);
            }
            suffix.copyTo(room, bytes.length());
            bytes = Bytes.prefix(room, length);
        }

        @Override
        public String type() {
            return "string";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Text that && bytes.equals(that.bytes);
        }

        @Override
        public int hashCode() {
            return bytes.hashCode();
        }
    }

    /** A list, never empty. */
    record Elements(ArrayDeque<Bytes> deque) implements Value {
        Elements() {
            this(new ArrayDeque<>());
        }

        @Override
        public String type() {
            return "list";
        }

        /** A deque equals only itself, so lists are compared element by element. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Elements that
                    && Arrays.equals(deque.toArray(), that.deque.toArray());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(deque.toArray());
        }
    }

    /** A hash, never empty, in the order in which its fields were first set. */
    record Fields(LinkedHashMap<Bytes, Bytes> map) implements Value {
        Fields() {
            this(new LinkedHashMap<>());
        }

        @Override
        public String type() {
            return "hash";
        }
    }

    /** A set, never empty, in the order in which its members were added. */
    record Members(LinkedHashSet<Bytes> set) implements Value {
        Members() {
            this(new LinkedHashSet<>());
        }

        @Override
        public String type() {
            return "set";
        }
    }
}
