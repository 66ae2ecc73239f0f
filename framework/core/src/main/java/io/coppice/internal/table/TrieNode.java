package io.coppice.internal.table;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Entries whose numbers agree in all digits before one, told apart by that digit. Numbers are read
 * in digits of four bits; digits in which none differs have no node. What the last digit tells
 * apart is a leaf.
 *
 * @param <V> values
 */
final class TrieNode<V> extends Trie<V> {

    private static final int DIGIT = 4;
    private static final int MASK = (1 << DIGIT) - 1;
    private static final TrieNode<?> EMPTY = new TrieNode<>(0, 0, 0, 0);

    /** The digits before. */
    private final long prefix;

    /** What belongs to each digit that occurs, in their order. */
    private final Object[] slots;

    /** How many entries there are. */
    private final int size;

    /** Which digits occur, a bit for each. */
    private final char digits;

    /** Where the digit is; 0 for the last one, which tells values apart and not nodes. */
    private final byte shift;

    private TrieNode(long prefix, int shift, int digits, int size, Object... slots) {
        this.prefix = prefix;
        this.shift = (byte) shift;
        this.digits = (char) digits;
        this.size = size;
        this.slots = slots;
    }

    /** The map without entries. */
    @SuppressWarnings("unchecked") // it has no values
    static <V> TrieNode<V> none() {
        return (TrieNode<V>) EMPTY;
    }

    /** {@link Trie#numbered}. */
    static <V> TrieNode<V> fromZero(List<? extends V> values) {
        TrieNode<V> all = none();
        for (int first = 0; first < values.size(); first += MASK + 1) {
            var some = values.subList(first, Math.min(first + MASK + 1, values.size())).toArray();
            int digits = (1 << some.length) - 1;
            var leaf = new TrieNode<V>(first >>> DIGIT, 0, digits, some.length, some);
            all = all.isEmpty() ? leaf : all.withLeaf(leaf);
        }
        return all;
    }

    private static <V> TrieNode<V> leaf(long number, V value) {
        return new TrieNode<>(number >>> DIGIT, 0, bit(number, 0), 1, value);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    // To look up

    boolean covers(long number) {
        return number >>> shift >>> DIGIT == prefix;
    }

    /** Whether the numbers of this leaf are larger than all of {@code other}, which has others. */
    boolean isAfter(TrieNode<V> other) {
        var last = other;
        while (last.shift > 0) {
            last = last.child(last.slots.length - 1);
        }
        return Long.compareUnsigned(prefix, last.prefix) > 0;
    }

    private @Nullable TrieNode<V> leafOf(long number) {
        var node = this;
        while (node.shift > 0) {
            int bit = bit(number, node.shift);
            if ((node.digits & bit) == 0) {
                return null;
            }
            node = node.child(node.placeOf(bit));
        }
        return node.covers(number) ? node : null;
    }

    @Override
    public @Nullable V get(long number) {
        var leaf = leafOf(number);
        int bit = bit(number, 0);
        return leaf == null || (leaf.digits & bit) == 0 ? null : leaf.value(leaf.placeOf(bit));
    }

    @Override
    public @Nullable V last() {
        var node = this;
        while (node.shift > 0) {
            node = node.child(node.slots.length - 1);
        }
        return isEmpty() ? null : node.value(node.slots.length - 1);
    }

    @Override
    public void forEach(Consumer<? super V> visitor) {
        for (int place = 0; place < slots.length; place++) {
            if (shift == 0) {
                visitor.accept(value(place));
            } else {
                child(place).forEach(visitor);
            }
        }
    }

    @Override
    public boolean anyMatch(Predicate<? super V> wanted) {
        for (int place = 0; place < slots.length; place++) {
            if (shift == 0 ? wanted.test(value(place)) : child(place).anyMatch(wanted)) {
                return true;
            }
        }
        return false;
    }

    // To change

    @Override
    public Trie<V> with(long number, V value) {
        if (isEmpty()) {
            return leaf(number, value);
        }
        var leaf = leafOf(number);
        if (leaf == this) {
            return put(number, value);
        }
        return leaf == null
                ? new FingeredTrie<>(this, leaf(number, value))
                : new FingeredTrie<>(withoutLeaf(number), leaf.put(number, value));
    }

    /** {@link #with} in a leaf that covers {@code number}. */
    TrieNode<V> put(long number, V value) {
        int bit = bit(number, 0);
        int place = placeOf(bit);
        return (digits & bit) == 0 ? inserted(bit, place, value, 1) : replaced(place, value, size);
    }

    /** The finger comes here: who goes on nearby takes out of this leaf alone. */
    @Override
    public Trie<V> without(long number) {
        var leaf = leafOf(number);
        if (leaf == null) {
            return this;
        }
        var left = leaf.removed(number);
        if (left == leaf || leaf == this) {
            return left == leaf ? this : left;
        }
        var rest = withoutLeaf(number);
        return left.isEmpty() ? rest : new FingeredTrie<>(rest, left);
    }

    /** {@link #without}, and without a finger. */
    TrieNode<V> removed(long number) {
        int bit = bit(number, shift);
        if (!covers(number) || (digits & bit) == 0) {
            return this;
        }
        int place = placeOf(bit);
        if (shift == 0) {
            return slots.length == 1 ? none() : removed(bit, place, 1);
        }
        var before = child(place);
        var after = before.removed(number);
        return after == before ? this : replaced(bit, place, after);
    }

    /** With the entries of {@code leaf}, the range of which has none here. */
    TrieNode<V> withLeaf(TrieNode<V> leaf) {
        long number = leaf.prefix << DIGIT;
        if (!covers(number)) {
            return beside(leaf, number);
        }
        int bit = bit(number, shift);
        int place = placeOf(bit);
        return (digits & bit) == 0
                ? inserted(bit, place, leaf, leaf.size)
                : replaced(bit, place, child(place).withLeaf(leaf));
    }

    /** Without the leaf of {@code number}, which is here, and not all there is. */
    private TrieNode<V> withoutLeaf(long number) {
        int bit = bit(number, shift);
        int place = placeOf(bit);
        var child = child(place);
        return replaced(bit, place, child.shift == 0 ? none() : child.withoutLeaf(number));
    }

    // One node

    @SuppressWarnings("unchecked") // the last digit tells values apart
    private V value(int place) {
        return (V) slots[place];
    }

    @SuppressWarnings("unchecked") // digits before the last tell nodes apart
    private TrieNode<V> child(int place) {
        return (TrieNode<V>) slots[place];
    }

    private static int bit(long number, int shift) {
        return 1 << (number >>> shift & MASK);
    }

    private int placeOf(int bit) {
        return Integer.bitCount(digits & bit - 1);
    }

    /** This and {@code other}, of a number that is not in its range, below one node. */
    private TrieNode<V> beside(TrieNode<V> other, long number) {
        long own = prefix << DIGIT << shift;
        int above = (Long.SIZE - 1 - Long.numberOfLeadingZeros(own ^ number)) & -DIGIT;
        boolean isFirst = Long.compareUnsigned(own, number) < 0;
        return new TrieNode<>(
                number >>> above >>> DIGIT,
                above,
                bit(own, above) | bit(number, above),
                size + other.size,
                isFirst ? this : other,
                isFirst ? other : this);
    }

    /** With {@code after}, which may be empty, in the place of a child. */
    private TrieNode<V> replaced(int bit, int place, TrieNode<V> after) {
        int before = child(place).size;
        if (!after.isEmpty()) {
            return replaced(place, after, size + after.size - before);
        }
        return slots.length == 2 ? child(1 - place) : removed(bit, place, before);
    }

    private TrieNode<V> replaced(int place, Object slot, int newSize) {
        var copy = slots.clone();
        copy[place] = slot;
        return new TrieNode<>(prefix, shift, digits, newSize, copy);
    }

    /** With one slot more, of so many entries. */
    private TrieNode<V> inserted(int bit, int place, Object slot, int entries) {
        var copy = new Object[slots.length + 1];
        System.arraycopy(slots, 0, copy, 0, place);
        copy[place] = slot;
        System.arraycopy(slots, place, copy, place + 1, slots.length - place);
        return new TrieNode<>(prefix, shift, digits | bit, size + entries, copy);
    }

    /** With one slot less, of so many entries. */
    private TrieNode<V> removed(int bit, int place, int entries) {
        var copy = new Object[slots.length - 1];
        System.arraycopy(slots, 0, copy, 0, place);
        System.arraycopy(slots, place + 1, copy, place, copy.length - place);
        return new TrieNode<>(prefix, shift, digits & ~bit, size - entries, copy);
    }
}
