package io.coppice.internal.link;

import io.vavr.Tuple2;
import io.vavr.collection.HashMap;

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

    /** Two to eight entries: keys at even places, each followed by its value. */
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
        public Table<K, V> with(K key, V value) {
            int index = indexOf(key);
            if (index < 0 && size() == FEW) {
                return many().with(key, value);
            }
            var copy = Arrays.copyOf(entries, index < 0 ? entries.length + 2 : entries.length);
            int place = index < 0 ? entries.length : index;
            copy[place] = key;
            copy[place + 1] = value;
            return new Few<>(copy);
        }

        private Table<K, V> many() {
            HashMap<K, V> map = HashMap.empty();
            for (int i = 0; i < entries.length; i += 2) {
                map = map.put(keyAt(i), valueAt(i + 1));
            }
            return new Many<>(map);
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

    private static final class Many<K, V> extends Table<K, V> {
        private final HashMap<K, V> map;

        Many(HashMap<K, V> map) {
            this.map = map;
        }

        @Override
        public @Nullable V get(K key) {
            return map.getOrElse(key, null);
        }

        @Override
        public Table<K, V> with(K key, V value) {
            return new Many<>(map.put(key, value));
        }

        @Override
        public Table<K, V> without(K key) {
            var rest = map.remove(key);
            return rest == map ? this : rest.isEmpty() ? empty() : new Many<>(rest);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public void forEach(BiConsumer<? super K, ? super V> visitor) {
            for (Tuple2<K, V> entry : map) {
                visitor.accept(entry._1, entry._2);
            }
        }
    }
}
