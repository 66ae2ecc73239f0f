package io.coppice.examples.kv.store;

import io.coppice.examples.kv.store.StringCommand.Condition;
import io.coppice.examples.kv.store.StringCommand.Expiry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What commands on strings come to.
 *
 * @param longest string allowed, in bytes
 */
record Strings(View view, int longest) {

    Outcome decide(StringCommand command) {
        return switch (command) {
            case StringCommand.Get(var key) -> Outcome.unchanged(get(key));
            case StringCommand.Strlen(var key) -> Outcome.unchanged(Reply.of(length(key)));
            case StringCommand.Set set -> set(set);
            case StringCommand.SetIfAbsent(var key, var value) ->
                    view.has(key)
                            ? Outcome.unchanged(Reply.ZERO)
                            : Outcome.of(Reply.ONE, new Effect.Put(key, value, Effect.NEVER));
            case StringCommand.GetSet(var key, var value) ->
                    Outcome.of(get(key), new Effect.Put(key, value, Effect.NEVER));
            case StringCommand.Append(var key, var suffix) -> append(key, suffix);
            case StringCommand.IncrBy(var key, var delta) -> increment(key, delta);
        };
    }

    Outcome mset(List<MultiKeyCommand.Pair> pairs) {
        var effects = new ArrayList<Effect>(pairs.size());
        for (var pair : pairs) {
            effects.add(new Effect.Put(pair.key(), pair.value(), Effect.NEVER));
        }
        return new Outcome(Reply.OK, effects);
    }

    /** A key that holds no string counts as none, unlike in {@code GET}. */
    Outcome mget(List<Bytes> keys) {
        var values = new ArrayList<Reply>(keys.size());
        for (var key : keys) {
            Entry entry = view.entry(key);
            boolean isText = entry != null && entry.value() instanceof Value.Text;
            values.add(isText ? get(key) : Reply.NIL);
        }
        return Outcome.unchanged(new Reply.Array(values));
    }

    private Value.@Nullable Text text(Bytes key) {
        return view.value(key, Value.Text.class);
    }

    private Reply get(Bytes key) {
        Value.Text text = text(key);
        return text == null ? Reply.NIL : new Reply.Bulk(text.bytes());
    }

    private int length(Bytes key) {
        Value.Text text = text(key);
        return text == null ? 0 : text.bytes().length();
    }

    private Outcome set(StringCommand.Set set) {
        long expiresAt = expiresAt(set);
        Reply old = set.returnsOld() ? get(set.key()) : Reply.NIL;
        if (!holds(set.condition(), set.key())) {
            return Outcome.unchanged(old);
        }
        return Outcome.of(
                set.returnsOld() ? old : Reply.OK,
                new Effect.Put(set.key(), set.value(), expiresAt));
    }

    private boolean holds(Condition condition, Bytes key) {
        return switch (condition) {
            case ALWAYS -> true;
            case IF_ABSENT -> !view.has(key);
            case IF_PRESENT -> view.has(key);
        };
    }

    private long expiresAt(StringCommand.Set set) {
        return switch (set.expiry()) {
            case Expiry.None() -> Effect.NEVER;
            case Expiry.Keep() -> view.expiryOf(set.key());
            case Expiry.At(var millis) -> millis;
            case Expiry.In(var millis) -> {
                if (millis > Long.MAX_VALUE - view.nowMillis()) {
                    throw RedisError.invalidExpireTime("set");
                }
                yield view.nowMillis() + millis;
            }
        };
    }

    private Outcome append(Bytes key, Bytes suffix) {
        long length = (long) length(key) + suffix.length();
        if (length > longest) {
            throw RedisError.stringTooLong();
        }
        return Outcome.of(Reply.of(length), new Effect.Append(key, suffix));
    }

    private Outcome increment(Bytes key, long delta) {
        Value.Text text = text(key);
        long old = text == null ? 0 : text.bytes().number().orElseThrow(RedisError::notAnInteger);
        long sum = old + delta;
        if (((old ^ sum) & (delta ^ sum)) < 0) {
            throw RedisError.wouldOverflow();
        }
        return Outcome.of(Reply.of(sum), new Effect.Put(key, Bytes.of(sum), view.expiryOf(key)));
    }
}
