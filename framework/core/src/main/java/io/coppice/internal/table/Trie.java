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
 * in order touches the same few nodes again and again, which a map by scattered hashes does not;
 * and who writes in order copies but the {@linkplain FingeredTrie last of them}.
 *
 * @param <V> values
 */
public abstract sealed class Trie<V> permits TrieNode, FingeredTrie {

    /** The map without entries. */
    public static <V> Trie<V> empty() {
        return TrieNode.none();
    }

    /** The map of {@code values}, which are numbered from 0 on. */
    public static <V> Trie<V> numbered(List<? extends V> values) {
        return TrieNode.fromZero(values);
    }

    /** How many entries there are. */
    public abstract int size();

    public abstract boolean isEmpty();

    /** The value of {@code number}, or null if it has none. */
    public abstract @Nullable V get(long number);

    /** The value of the largest number, or null if there is none. */
    public abstract @Nullable V last();

    /** Visits the values in the order of their numbers. */
    public abstract void forEach(Consumer<? super V> visitor);

    /** Whether {@code wanted} is true of a value; asks no more when it knows. */
    public abstract boolean anyMatch(Predicate<? super V> wanted);

    /** The values in the order of their numbers. */
    public final List<V> values() {
        var all = new ArrayList<V>(size());
        forEach(all::add);
        return all;
    }

    /** This map with {@code number} mapped to {@code value}. */
    public abstract Trie<V> with(long number, V value);

    /** This map without {@code number}; this very map if it has no such entry. */
    public abstract Trie<V> without(long number);
}
