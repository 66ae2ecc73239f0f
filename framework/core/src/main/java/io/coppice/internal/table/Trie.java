package io.coppice.internal.table;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An immutable map from numbers, in their order; they count as unsigned.
 *
 * <p>Numbers that are given out one after the other lie side by side in it: who goes through them
 * in order touches the same few nodes again and again, which a map by scattered hashes does not.
 *
 * @param <V> values
 */
public final class Trie<V> {

    private static final Trie<?> EMPTY = new Trie<>(null, 0);

    private final @Nullable Node root;
    private final int size;

    private Trie(@Nullable Node root, int size) {
        this.root = root;
        this.size = size;
    }

    /** The map without entries. */
    @SuppressWarnings("unchecked") // it has no values
    public static <V> Trie<V> empty() {
        return (Trie<V>) EMPTY;
    }

    /** The value of {@code number}, or null if it has none. */
    @SuppressWarnings("unchecked") // only values are put in
    public @Nullable V get(long number) {
        var node = root;
        while (node != null && node.shift > 0) {
            node = (Node) node.get(number);
        }
        return node == null || !node.covers(number) ? null : (V) node.get(number);
    }

    /** This map with {@code number} mapped to {@code value}. */
    public Trie<V> with(long number, V value) {
        int more = get(number) == null ? 1 : 0;
        return new Trie<>(
                root == null ? Node.leaf(number, value) : root.with(number, value), size + more);
    }

    /** This map without {@code number}; this very map if it has no such entry. */
    public Trie<V> without(long number) {
        var rest = root == null ? null : root.without(number);
        if (rest == root) {
            return this;
        }
        return rest == null ? empty() : new Trie<>(rest, size - 1);
    }

    /** How many entries there are. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return root == null;
    }

    /** The value of the largest number, or null if there is none. */
    @SuppressWarnings("unchecked") // only values are put in
    public @Nullable V last() {
        var node = root;
        while (node != null && node.shift > 0) {
            node = (Node) node.last();
        }
        return node == null ? null : (V) node.last();
    }

    /** Visits the values in the order of their numbers. */
    @SuppressWarnings("unchecked") // only values are put in
    public void forEach(Consumer<? super V> visitor) {
        if (root != null) {
            root.forEach((Consumer<Object>) visitor);
        }
    }

    /** Whether {@code wanted} is true of a value; asks no more when it knows. */
    @SuppressWarnings("unchecked") // only values are put in
    public boolean anyMatch(Predicate<? super V> wanted) {
        return root != null && root.anyMatch((Predicate<Object>) wanted);
    }

    /** The values in the order of their numbers. */
    public List<V> values() {
        var all = new ArrayList<V>(size);
        forEach(all::add);
        return all;
    }

    /**
     * Those whose numbers agree in all digits before one, told apart by that digit. Numbers are
     * read in digits of four bits; digits in which none differs have no node.
     */
    private static final class Node {
        private static final int DIGIT = 4;
        private static final int MASK = (1 << DIGIT) - 1;

        /** The digits before. */
        private final long prefix;

        /** Where the digit is; 0 for the last one, which tells values apart and not nodes. */
        private final int shift;

        /** Which digits occur, a bit for each. */
        private final int digits;

        /** What belongs to each digit that occurs, in their order. */
        private final Object[] slots;

        private Node(long prefix, int shift, int digits, Object... slots) {
            this.prefix = prefix;
            this.shift = shift;
            this.digits = digits;
            this.slots = slots;
        }

        static Node leaf(long number, Object value) {
            return new Node(number >>> DIGIT, 0, bit(number, 0), value);
        }

        private static int bit(long number, int shift) {
            return 1 << (number >>> shift & MASK);
        }

        boolean covers(long number) {
            return number >>> shift >>> DIGIT == prefix;
        }

        private int placeOf(int bit) {
            return Integer.bitCount(digits & bit - 1);
        }

        @Nullable Object get(long number) {
            int bit = bit(number, shift);
            return (digits & bit) == 0 ? null : slots[placeOf(bit)];
        }

        Object last() {
            return slots[slots.length - 1];
        }

        Node with(long number, Object value) {
            if (!covers(number)) {
                return beside(number, value);
            }
            int bit = bit(number, shift);
            int place = placeOf(bit);
            boolean isThere = (digits & bit) != 0;
            if (shift == 0) {
                return isThere ? replaced(place, value) : inserted(bit, place, value);
            }
            return isThere
                    ? replaced(place, ((Node) slots[place]).with(number, value))
                    : inserted(bit, place, leaf(number, value));
        }

        /** This and another number, which is not in its range, below one node. */
        private Node beside(long number, Object value) {
            long own = prefix << DIGIT << shift;
            int above = (Long.SIZE - 1 - Long.numberOfLeadingZeros(own ^ number)) & -DIGIT;
            int both = bit(own, above) | bit(number, above);
            var other = leaf(number, value);
            boolean isFirst = Long.compareUnsigned(own, number) < 0;
            return new Node(
                    number >>> above >>> DIGIT,
                    above,
                    both,
                    isFirst ? this : other,
                    isFirst ? other : this);
        }

        private Node replaced(int place, Object slot) {
            var copy = slots.clone();
            copy[place] = slot;
            return new Node(prefix, shift, digits, copy);
        }

        private Node inserted(int bit, int place, Object slot) {
            var copy = new Object[slots.length + 1];
            System.arraycopy(slots, 0, copy, 0, place);
            copy[place] = slot;
            System.arraycopy(slots, place, copy, place + 1, slots.length - place);
            return new Node(prefix, shift, digits | bit, copy);
        }

        @Nullable Node without(long number) {
            int bit = bit(number, shift);
            if (!covers(number) || (digits & bit) == 0) {
                return this;
            }
            int place = placeOf(bit);
            if (shift == 0) {
                return slots.length == 1 ? null : removed(bit, place);
            }
            var before = (Node) slots[place];
            var after = before.without(number);
            if (after == before) {
                return this;
            }
            if (after != null) {
                return replaced(place, after);
            }
            return slots.length == 2 ? (Node) slots[1 - place] : removed(bit, place);
        }

        private Node removed(int bit, int place) {
            var copy = new Object[slots.length - 1];
            System.arraycopy(slots, 0, copy, 0, place);
            System.arraycopy(slots, place + 1, copy, place, copy.length - place);
            return new Node(prefix, shift, digits & ~bit, copy);
        }

        boolean anyMatch(Predicate<Object> wanted) {
            for (var slot : slots) {
                if (shift == 0 ? wanted.test(slot) : ((Node) slot).anyMatch(wanted)) {
                    return true;
                }
            }
            return false;
        }

        void forEach(Consumer<Object> visitor) {
            for (var slot : slots) {
                if (shift == 0) {
                    visitor.accept(slot);
                } else {
                    ((Node) slot).forEach(visitor);
                }
            }
        }
    }
}
