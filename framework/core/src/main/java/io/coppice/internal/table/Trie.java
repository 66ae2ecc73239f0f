package io.coppice.internal.table;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An immutable map from numbers, in their order; they count as unsigned.
 *
 * <p>A map is the node at its top: those whose numbers agree in all digits before one, told apart
 * by that digit. Numbers are read in digits of four bits; digits in which none differs have no
 * node.
 *
 * <p>Numbers that are given out one after the other lie side by side in it: who goes through them
 * in order touches the same few nodes again and again, which a map by scattered hashes does not.
 *
 * @param <V> values
 */
public final class Trie<V> {

    private static final int DIGIT = 4;
    private static final int MASK = (1 << DIGIT) - 1;
    private static final Trie<?> EMPTY = new Trie<>(0, 0, 0, 0);

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

    private Trie(long prefix, int shift, int digits, int size, Object... slots) {
        this.prefix = prefix;
        this.shift = (byte) shift;
        this.digits = (char) digits;
        this.size = size;
        this.slots = slots;
    }

    /** The map without entries. */
    @SuppressWarnings("unchecked") // it has no values
    public static <V> Trie<V> empty() {
        return (Trie<V>) EMPTY;
    }

    private static <V> Trie<V> leaf(long number, V value) {
        return new Trie<>(number >>> DIGIT, 0, bit(number, 0), 1, value);
    }

    /** How many entries there are. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    // To look up

    /** The value of {@code number}, or null if it has none. */
    public @Nullable V get(long number) {
        var node = this;
        while (node.shift > 0) {
            int bit = bit(number, node.shift);
            if ((node.digits & bit) == 0) {
                return null;
            }
            node = node.child(node.placeOf(bit));
        }
        int bit = bit(number, 0);
        return (node.digits & bit) == 0 || !node.covers(number)
                ? null
                : node.value(node.placeOf(bit));
    }

    /** The value of the largest number, or null if there is none. */
    public @Nullable V last() {
        var node = this;
        while (node.shift > 0) {
            node = node.child(node.slots.length - 1);
        }
        return isEmpty() ? null : node.value(node.slots.length - 1);
    }

    /** Visits the values in the order of their numbers. */
    public void forEach(Consumer<? super V> visitor) {
        for (int place = 0; place < slots.length; place++) {
            if (shift == 0) {
                visitor.accept(value(place));
            } else {
                child(place).forEach(visitor);
            }
        }
    }

    /** Whether {@code wanted} is true of a value; asks no more when it knows. */
    public boolean anyMatch(Predicate<? super V> wanted) {
        for (int place = 0; place < slots.length; place++) {
            if (shift == 0 ? wanted.test(value(place)) : child(place).anyMatch(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The values in the order of their numbers. */
    public List<V> values() {
        var all = new ArrayList<V>(size);
        forEach(all::add);
        return all;
    }

    // To change

    /** This map with {@code number} mapped to {@code value}. */
    public Trie<V> with(long number, V value) {
        if (isEmpty()) {
            return leaf(number, value);
        }
        if (!covers(number)) {
            return beside(leaf(number, value), number);
        }
        int bit = bit(number, shift);
        int place = placeOf(bit);
        if ((digits & bit) == 0) {
            return inserted(bit, place, shift == 0 ? value : leaf(number, value));
        }
        return shift == 0
                ? replaced(place, value, size)
                : replaced(place, child(place).with(number, value));
    }

    /** This map without {@code number}; this very map if it has no such entry. */
    public Trie<V> without(long number) {
        int bit = bit(number, shift);
        if (!covers(number) || (digits & bit) == 0) {
            return this;
        }
        int place = placeOf(bit);
        if (shift == 0) {
            return slots.length == 1 ? empty() : removed(bit, place);
        }
        var before = child(place);
        var after = before.without(number);
        if (after == before) {
            return this;
        }
        if (!after.isEmpty()) {
            return replaced(place, after);
        }
        return slots.length == 2 ? child(1 - place) : removed(bit, place);
    }

    // One node

    @SuppressWarnings("unchecked") // the last digit tells values apart
    private V value(int place) {
        return (V) slots[place];
    }

    @SuppressWarnings("unchecked") // digits before the last tell nodes apart
    private Trie<V> child(int place) {
        return (Trie<V>) slots[place];
    }

    private static int bit(long number, int shift) {
        return 1 << (number >>> shift & MASK);
    }

    private boolean covers(long number) {
        return number >>> shift >>> DIGIT == prefix;
    }

    private int placeOf(int bit) {
        return Integer.bitCount(digits & bit - 1);
    }

    /** This and {@code other}, of a number that is not in its range, below one node. */
    private Trie<V> beside(Trie<V> other, long number) {
        long own = prefix << DIGIT << shift;
        int above = (Long.SIZE - 1 - Long.numberOfLeadingZeros(own ^ number)) & -DIGIT;
        boolean isFirst = Long.compareUnsigned(own, number) < 0;
        return new Trie<>(
                number >>> above >>> DIGIT,
                above,
                bit(own, above) | bit(number, above),
                size + 1,
                isFirst ? this : other,
                isFirst ? other : this);
    }

    private Trie<V> replaced(int place, Trie<V> child) {
        return replaced(place, child, size + child.size - child(place).size);
    }

    private Trie<V> replaced(int place, Object slot, int newSize) {
        var copy = slots.clone();
        copy[place] = slot;
        return new Trie<>(prefix, shift, digits, newSize, copy);
    }

    /** With one entry more. */
    private Trie<V> inserted(int bit, int place, Object slot) {
        var copy = new Object[slots.length + 1];
        System.arraycopy(slots, 0, copy, 0, place);
        copy[place] = slot;
        System.arraycopy(slots, place, copy, place + 1, slots.length - place);
        return new Trie<>(prefix, shift, digits | bit, size + 1, copy);
    }

    /** With one entry less. */
    private Trie<V> removed(int bit, int place) {
        var copy = new Object[slots.length - 1];
        System.arraycopy(slots, 0, copy, 0, place);
        System.arraycopy(slots, place + 1, copy, place, copy.length - place);
        return new Trie<>(prefix, shift, digits & ~bit, size - 1, copy);
    }
}
