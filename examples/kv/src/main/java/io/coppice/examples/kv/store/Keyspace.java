package io.coppice.examples.kv.store;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The entries of a database: by key, in the order of their positions, and those that expire in the
 * order of their times.
 */
final class Keyspace {

    private final Map<Bytes, Entry> byKey = new HashMap<>();
    private final NavigableSet<Entry> byPosition = new TreeSet<>(Entry.BY_POSITION);
    private final NavigableSet<Entry> byExpiry = new TreeSet<>(Entry.BY_EXPIRY);

    @Nullable Entry get(Bytes key) {
        return byKey.get(key);
    }

    int size() {
        return byKey.size();
    }

    NavigableSet<Entry> byPosition() {
        return byPosition;
    }

    /** The entries that expire, soonest first. */
    NavigableSet<Entry> byExpiry() {
        return byExpiry;
    }

    /** Adds a key that is not there. */
    Entry add(Bytes key, Value value) {
        var entry = new Entry(key, value);
        byKey.put(key, entry);
        byPosition.add(entry);
        return entry;
    }

    void remove(Entry entry) {
        byKey.remove(entry.key());
        byPosition.remove(entry);
        expireAt(entry, Effect.NEVER);
    }

    void expireAt(Entry entry, long millis) {
        if (entry.expires()) {
            byExpiry.remove(entry);
        }
        entry.expiresAtMillis(millis);
        if (entry.expires()) {
            byExpiry.add(entry);
        }
    }

    /** The same keys with the same values and times. */
    boolean holdsTheSameAs(Keyspace other) {
        return size() == other.size() && byPosition.stream().allMatch(other::holds);
    }

    private boolean holds(Entry entry) {
        Entry mine = get(entry.key());
        return mine != null
                && mine.value().equals(entry.value())
                && mine.expiresAtMillis() == entry.expiresAtMillis();
    }
}
