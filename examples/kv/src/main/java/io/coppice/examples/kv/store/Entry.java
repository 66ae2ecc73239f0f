package io.coppice.examples.kv.store;

import java.util.Comparator;

/** A key and what it holds. */
final class Entry {

    /** The order in which keys are scanned and written to a snapshot; it never changes. */
    static final Comparator<Entry> BY_POSITION =
            Comparator.<Entry>comparingLong(Entry::position).thenComparing(Entry::key);

    /** Who expires first. An entry may be in a set so ordered only while its time stands still. */
    static final Comparator<Entry> BY_EXPIRY =
            Comparator.<Entry>comparingLong(Entry::expiresAtMillis).thenComparing(Entry::key);

    private final Bytes key;
    private final long position;
    private Value value;
    private long expiresAtMillis = Effect.NEVER;

    Entry(Bytes key, Value value) {
        this(key, ScanCursor.positionOf(key), value);
    }

    private Entry(Bytes key, long position, Value value) {
        this.key = key;
        this.position = position;
        this.value = value;
    }

    /** Stands before every entry at this position, and after those before it. */
    static Entry before(long position) {
        return new Entry(Bytes.EMPTY, position, new Value.Text(Bytes.EMPTY));
    }

    Bytes key() {
        return key;
    }

    long position() {
        return position;
    }

    Value value() {
        return value;
    }

    void value(Value newValue) {
        value = newValue;
    }

    long expiresAtMillis() {
        return expiresAtMillis;
    }

    void expiresAtMillis(long millis) {
        expiresAtMillis = millis;
    }

    boolean expires() {
        return expiresAtMillis != Effect.NEVER;
    }

    boolean hasExpiredAt(long nowMillis) {
        return expires() && expiresAtMillis <= nowMillis;
    }
}
