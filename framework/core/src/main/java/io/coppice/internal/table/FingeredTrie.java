package io.coppice.internal.table;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A map of more than one leaf, with a finger on the one written last, which is not in the tree
 * meanwhile. The next write is mostly there, and copies that leaf instead of all nodes above it.
 *
 * @param <V> values
 */
final class FingeredTrie<V> extends Trie<V> {

    /** All other leaves; not empty. */
    private final TrieNode<V> rest;

    /** A leaf; not empty. */
    private final TrieNode<V> finger;

    FingeredTrie(TrieNode<V> rest, TrieNode<V> finger) {
        this.rest = rest;
        this.finger = finger;
    }

    private TrieNode<V> whole() {
        return rest.withLeaf(finger);
    }

    @Override
    public int size() {
        return rest.size() + finger.size();
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public @Nullable V get(long number) {
        return finger.covers(number) ? finger.get(number) : rest.get(number);
    }

    @Override
    public @Nullable V last() {
        return finger.isAfter(rest) ? finger.last() : rest.last();
    }

    @Override
    public void forEach(Consumer<? super V> visitor) {
        whole().forEach(visitor);
    }

    @Override
    public boolean anyMatch(Predicate<? super V> wanted) {
        return finger.anyMatch(wanted) || rest.anyMatch(wanted);
    }

    @Override
    public Trie<V> with(long number, V value) {
        return finger.covers(number)
                ? new FingeredTrie<>(rest, finger.put(number, value))
                : whole().with(number, value);
    }

    /** The finger stays: who removes here and there would move it to and fro. */
    @Override
    public Trie<V> without(long number) {
        if (finger.covers(number)) {
            var left = finger.removed(number);
            return left == finger ? this : left.isEmpty() ? rest : new FingeredTrie<>(rest, left);
        }
        var left = rest.removed(number);
        return left == rest ? this : left.isEmpty() ? finger : new FingeredTrie<>(left, finger);
    }
}
