package io.coppice.examples.kv.store;

import io.coppice.examples.kv.store.Effect.End;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The state of a database at one moment as effects on an empty one, made bit by bit while the
 * database goes on changing, so that no request waits for all of it.
 *
 * <p>The entries are written in the order of their positions. Before one that has not been written
 * changes, what it was is written first; one that is new is passed over. For the thread of the
 * database.
 */
public final class Snapshot {

    /** The most strings in one effect. */
    private static final int MOST_STRINGS = 512;

    /** About the most bytes in one effect, but for a single long string. */
    private static final long MOST_BYTES = 1 << 16;

    private final Keyspace keyspace; // replaced, not emptied, when the database is cleared
    private final Set<Bytes> settled = new HashSet<>(); // changed before the cursor came by
    private final Deque<Effect> ready = new ArrayDeque<>();
    private Entry cursor = Entry.before(-1);
    private boolean complete;

    Snapshot(Keyspace keyspace) {
        this.keyspace = keyspace;
    }

    /**
     * The next effects.
     *
     * @param bytes about how many bytes of them; one effect at least
     * @return none if all have been returned
     */
    public List<Effect> next(long bytes) {
        var effects = new ArrayList<Effect>();
        long taken = 0;
        while (fill() && (taken < bytes || effects.isEmpty())) {
            Effect effect = ready.removeFirst();
            effects.add(effect);
            taken += weight(effect);
        }
        return effects;
    }

    /** Stops following the database; what has not been returned is lost. */
    public void abandon() {
        complete = true;
        ready.clear();
        settled.clear();
    }

    /** Makes an effect ready, if there is one left. */
    private boolean fill() {
        while (ready.isEmpty() && !complete) {
            Entry entry = keyspace.byPosition().higher(cursor);
            if (entry == null) {
                abandon();
            } else {
                cursor = entry;
                if (!settled.remove(entry.key())) {
                    write(entry);
                }
            }
        }
        return !ready.isEmpty();
    }

    /** Hears of a change before it is made. */
    void before(Effect.OnKey effect) {
        if (complete) {
            return;
        }
        Entry entry = keyspace.get(effect.key());
        if (isAhead(effect.key()) && settled.add(effect.key()) && entry != null) {
            write(entry);
        }
    }

    private boolean isAhead(Bytes key) {
        var there = new Entry(key, new Value.Text(Bytes.EMPTY));
        return Entry.BY_POSITION.compare(there, cursor) > 0;
    }

    private void write(Entry entry) {
        Bytes key = entry.key();
        switch (entry.value()) {
            case Value.Text text ->
                    ready.add(new Effect.Put(key, text.bytes(), entry.expiresAtMillis()));
            case Value.Elements(var deque) ->
                    inPieces(deque, Bytes::length, part -> new Effect.Push(key, End.RIGHT, part));
            case Value.Fields(var map) ->
                    inPieces(
                            map.entrySet().stream()
                                    .map(
                                            field ->
                                                    new Effect.Field(
                                                            field.getKey(), field.getValue()))
                                    .toList(),
                            Snapshot::weight,
                            part -> new Effect.PutFields(key, part));
            case Value.Members(var set) ->
                    inPieces(set, Bytes::length, part -> new Effect.AddMembers(key, part));
        }
        if (entry.expires() && !(entry.value() instanceof Value.Text)) {
            ready.add(new Effect.ExpireAt(key, entry.expiresAtMillis()));
        }
    }

    private <T> void inPieces(
            Collection<T> strings, ToLongFunction<T> weight, Function<List<T>, Effect> effect) {
        var part = new ArrayList<T>();
        long bytes = 0;
        for (var string : strings) {
            part.add(string);
            bytes += weight.applyAsLong(string);
            if (part.size() == MOST_STRINGS || bytes >= MOST_BYTES) {
                ready.add(effect.apply(part));
                part.clear();
                bytes = 0;
            }
        }
        if (!part.isEmpty()) {
            ready.add(effect.apply(part));
        }
    }

    private static long weight(Effect.Field field) {
        return (long) field.name().length() + field.value().length();
    }

    /** About how many bytes an effect takes; of those that occur in a snapshot. */
    private static long weight(Effect effect) {
        return switch (effect) {
            case Effect.Put(var key, var value, var at) -> 32L + key.length() + value.length();
            case Effect.Push(var key, var end, var values) -> 32L + lengths(values);
            case Effect.AddMembers(var key, var members) -> 32L + lengths(members);
            case Effect.PutFields(var key, var fields) ->
                    32L + fields.stream().mapToLong(Snapshot::weight).sum();
            default -> 32L;
        };
    }

    private static long lengths(List<Bytes> strings) {
        return strings.stream().mapToLong(string -> 4L + string.length()).sum();
    }
}
