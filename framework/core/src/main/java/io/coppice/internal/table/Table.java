package io.coppice.internal.table;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * An immutable map by identity that grows with its content: most processes have no link or one, a
 * supervisor has some, and a few have a hundred thousand.
 *
 * @param <K> keys, compared by identity; must not override {@code equals}
 * @param <V> values
 */
public abstract sealed class Table<K, V> {

    private static final Table<?, ?> EMPTY = new None<>();
    private static final int FEW = 8;

    /** The table without entries. */
    @SuppressWarnings("unchecked") // it has neither keys nor values
    public static <K, V> Table<K, V> empty() {
        return (Table<K, V>) EMPTY;
    }

    /** The table with one entry. */
    public static <K, V> Table<K, V> of(K key, V value) {
        return new One<>(key, value);
    }

    /** The value of {@code key}, or null if it has none. */
    public abstract @Nullable V get(K key);

    /** One of the keys, or null if there is none; of processes the one added last, mostly. */
    public abstract @Nullable K newest();

    /** This table with {@code key} mapped to {@code value}. */
    public abstract Table<K, V> with(K key, V value);

    /** This table without {@code key}; this very table if it has no such entry. */
    public abstract Table<K, V> without(K key);

    /** How many entries there are. */
    public abstract int size();

    /** Visits every entry. */
    public abstract void forEach(BiConsumer<? super K, ? super V> visitor);

    private static final class None<K, V> extends Table<K, V> {
        @Override
        public @Nullable V get(K key) {
            return null;
        }

        @Override
        public @Nullable K newest() {
            return null;
        }

        @Override
        public Table<K, V> with(K key, V value) {
            return new One<>(key, value);
        }

        @Override
        public Table<K, V> without(K key) {
            return this;
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public void forEach(BiConsumer<? super K, ? super V> visitor) {}
    }

    private static final class One<K, V> extends Table<K, V> {
        private final K only;
        private final V value;

        One(K only, V value) {
            this.only = only;
            this.value = value;
        }

        @Override
        public @Nullable V get(K key) {
            return key == only ? value : null;
        }

        @Override
        public @Nullable K newest() {
            return only;
        }

        @Override
        public Table<K, V> with(K key, V value) {
            return key == only
                    ? new One<>(key, value)
                    : new Few<>(new Object[] {only, this.value, key, value});
        }

        @Override
        public Table<K, V> without(K key) {
            return key == only ? empty() : this;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void forEach(BiConsumer<? super K, ? super V> visitor) {
            visitor.accept(only, value);
        }
    }

    /**
     * Two to eight entries, or more whose hashes do not tell them apart. Keys are at even places,
     * each followed by its value.
     */
    private static final class Few<K, V> extends Table<K, V> {
        private final Object[] entries;

        Few(Object[] entries) {
            this.entries = entries;
        }

        private int indexOf(K key) {
            for (int i = 0; i < entries.length; i += 2) {
                if (entries[i] == key) {
                    return i;
                }
            }
            return -1;
        }

        @SuppressWarnings("unchecked") // only keys are put at even places
        private K keyAt(int index) {
            return (K) entries[index];
        }

        @SuppressWarnings("unchecked") // only values are put at odd places
        private V valueAt(int index) {
            return (V) entries[index];
        }

        @Override
        public @Nullable V get(K key) {
            int index = indexOf(key);
            return index < 0 ? null : valueAt(index + 1);
        }

        @Override
        public @Nullable K newest() {
            return keyAt(entries.length - 2);
        }

        @Override
        public Table<K, V> with(K key, V value) {
            int index = indexOf(key);
            if (index < 0 && size() >= FEW && key.hashCode() != keyAt(0).hashCode()) {
                return many().with(key, value);
            }
            var copy = Arrays.copyOf(entries, index < 0 ? entries.length + 2 : entries.length);
            int place = index < 0 ? entries.length : index;
            copy[place] = key;
            copy[place + 1] = value;
            return new Few<>(copy);
        }

        private Table<K, V> many() {
            Table<K, V> many = Many.none(valueAt(1));
            for (int i = 0; i < entries.length; i += 2) {
                many = many.with(keyAt(i), valueAt(i + 1));
            }
            return many;
        }

        @Override
        public Table<K, V> without(K key) {
            int index = indexOf(key);
            if (index < 0) {
                return this;
            }
            if (size() == 2) {
                int other = 2 - index;
                return new One<>(keyAt(other), valueAt(other + 1));
            }
            var copy = new Object[entries.length - 2];
            System.arraycopy(entries, 0, copy, 0, index);
            System.arraycopy(entries, index + 2, copy, index, copy.length - index);
            return new Few<>(copy);
        }

        @Override
        public int size() {
            return entries.length / 2;
        }

        @Override
        public void forEach(BiConsumer<? super K, ? super V> visitor) {
            for (int i = 0; i < entries.length; i += 2) {
                visitor.accept(keyAt(i), valueAt(i + 1));
            }
        }
    }

    /**
     * By hash. There may be a million entries, and nearly all have the usual value. Of such an
     * entry only the key is kept, of any other a table; of those whose hashes collide as well.
     */
    private static final class Many<K, V> extends Table<K, V> {
        private final Trie<Object> byHash;
        private final V usual;
        private final int size;

        private Many(Trie<Object> byHash, V usual, int size) {
            this.byHash = byHash;
            this.usual = usual;
            this.size = size;
        }

        static <K, V> Table<K, V> none(V usual) {
            return new Many<>(Trie.empty(), usual, 0);
        }

        private static long hash(Object key) {
            return Integer.toUnsignedLong(key.hashCode());
        }

        private Table<K, V> withHash(long hash) {
            return table(byHash.get(hash));
        }

        @SuppressWarnings("unchecked") // what is no table is a key
        private Table<K, V> table(@Nullable Object slot) {
            return switch (slot) {
                case null -> empty();
                case Table<?, ?> table -> (Table<K, V>) table;
                case Object key -> of((K) key, usual);
            };
        }

        @Override
        public @Nullable V get(K key) {
            return withHash(hash(key)).get(key);
        }

        @Override
        public @Nullable K newest() {
            return table(byHash.last()).newest();
        }

        @Override
        public Table<K, V> with(K key, V value) {
            long hash = hash(key);
            var before = withHash(hash);
            boolean isUsual = value == usual && before.without(key).size() == 0;
            var after = before.with(key, value);
            return new Many<>(
                    byHash.with(hash, isUsual ? key : after),
                    usual,
                    size + after.size() - before.size());
        }

        @Override
        public Table<K, V> without(K key) {
            long hash = hash(key);
            var before = withHash(hash);
            var after = before.without(key);
            if (after == before) {
                return this;
            }
            if (size == 1) {
                return empty();
            }
            return new Many<>(
                    after.size() == 0 ? byHash.without(hash) : byHash.with(hash, after),
                    usual,
                    size - 1);
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public void forEach(BiConsumer<? super K, ? super V> visitor) {
            byHash.forEach(slot -> table(slot).forEach(visitor));
        }
    }
}
