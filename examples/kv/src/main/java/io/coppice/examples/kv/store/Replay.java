package io.coppice.examples.kv.store;

import io.coppice.examples.kv.store.Effect.End;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;

/** Carries effects out, on the assumption that the database is the one they were made for. */
record Replay(Keyspace keyspace) {

    void apply(Effect.OnKey effect) {
        switch (effect) {
            case Effect.Put(var key, var value, var expiresAt) -> put(key, value, expiresAt);
            case Effect.Append(var key, var suffix) ->
                    valueOf(effect, Value.Text.class, () -> new Value.Text(Bytes.EMPTY))
                            .append(suffix);
            case Effect.Delete(var key) -> keyspace.remove(existing(effect));
            case Effect.ExpireAt(var key, var at) -> keyspace.expireAt(existing(effect), at);
            case Effect.Push(var key, var end, var values) ->
                    push(valueOf(effect, Value.Elements.class, Value.Elements::new), end, values);
            case Effect.Pop(var key, var end, var count) -> pop(effect, end, count);
            case Effect.PutFields(var key, var fields) -> {
                var map = valueOf(effect, Value.Fields.class, Value.Fields::new).map();
                fields.forEach(field -> map.put(field.name(), field.value()));
            }
            case Effect.RemoveFields(var key, var names) -> {
                var map = existing(effect, Value.Fields.class).map();
                names.forEach(map::remove);
                removeIf(map.isEmpty(), effect);
            }
            case Effect.AddMembers(var key, var members) ->
                    valueOf(effect, Value.Members.class, Value.Members::new).set().addAll(members);
            case Effect.RemoveMembers(var key, var members) -> {
                var set = existing(effect, Value.Members.class).set();
                members.forEach(set::remove);
                removeIf(set.isEmpty(), effect);
            }
        }
    }

    private void put(Bytes key, Bytes value, long expiresAtMillis) {
        Entry entry = keyspace.get(key);
        if (entry == null) {
            entry = keyspace.add(key, new Value.Text(value));
        } else {
            entry.value(new Value.Text(value));
        }
        keyspace.expireAt(entry, expiresAtMillis);
    }

    private static void push(Value.Elements list, End end, List<Bytes> values) {
        ArrayDeque<Bytes> deque = list.deque();
        values.forEach(end == End.LEFT ? deque::addFirst : deque::addLast);
    }

    private void pop(Effect.OnKey effect, End end, int count) {
        ArrayDeque<Bytes> deque = existing(effect, Value.Elements.class).deque();
        if (count > deque.size()) {
            throw impossible(effect);
        }
        for (int i = 0; i < count; i++) {
            if (end == End.LEFT) {
                deque.removeFirst();
            } else {
                deque.removeLast();
            }
        }
        removeIf(deque.isEmpty(), effect);
    }

    private void removeIf(boolean empty, Effect.OnKey effect) {
        if (empty) {
            keyspace.remove(existing(effect));
        }
    }

    private <V extends Value> V valueOf(Effect.OnKey effect, Class<V> type, Supplier<V> none) {
        if (keyspace.get(effect.key()) == null) {
            keyspace.add(effect.key(), none.get());
        }
        return existing(effect, type);
    }

    private <V extends Value> V existing(Effect.OnKey effect, Class<V> type) {
        Value value = existing(effect).value();
        if (!type.isInstance(value)) {
            throw impossible(effect);
        }
        return type.cast(value);
    }

    private Entry existing(Effect.OnKey effect) {
        Entry entry = keyspace.get(effect.key());
        if (entry == null) {
            throw impossible(effect);
        }
        return entry;
    }

    private static IllegalArgumentException impossible(Effect.OnKey effect) {
        return new IllegalArgumentException(
                "%s does not fit what '%s' holds"
                        .formatted(effect.getClass().getSimpleName(), effect.key().text(128)));
    }
}
