package io.coppice.examples.kv.store;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;

/**
 * The data of one shard: strings, lists, hashes and sets by key, each with a time to live or none.
 *
 * <p>It changes through {@link #replay} alone: a command is first decided, by looking, into a reply
 * and effects, and the effects are then replayed. So a database that replays the same effects in
 * the same order is the same, and the effects are all that has to be logged. It reads no clock: all
 * times are given, in milliseconds since the epoch.
 *
 * <p>A key that has expired is not seen by any command; it is removed, with an effect, by the next
 * write to it or by {@link #expire}. For one thread.
 */
public final class Database {

    private final int longestString;
    private Keyspace keyspace = new Keyspace();
    private @Nullable Snapshot snapshot;
    private long latestMillis = Long.MIN_VALUE;

    /**
     * An empty database.
     *
     * @param longestString how long {@code APPEND} may make a string, in bytes
     */
    public Database(int longestString) {
        if (longestString < 0) {
            throw new IllegalArgumentException("longest string: " + longestString);
        }
        this.longestString = longestString;
    }

    /**
     * Carries a command out.
     *
     * @param nowMillis since the epoch; if a clock was set back, the latest time seen counts, so
     *     that no expired key comes back
     * @return the reply, an {@link Reply.Error} included, and what has been changed
     */
    public Outcome apply(StoreCommand command, long nowMillis) {
        long now = advance(nowMillis);
        List<Effect> effects = new ArrayList<>();
        if (command.writes()) {
            forgetExpired(command.keys(), now, effects);
        }
        Reply reply;
        try {
            Outcome outcome = decide(command, new View(keyspace, now));
            outcome.effects().forEach(this::replay);
            effects.addAll(outcome.effects());
            reply = outcome.reply();
        } catch (RedisError refusal) {
            reply = refusal.reply();
        }
        return new Outcome(reply, effects);
    }

    private long advance(long nowMillis) {
        latestMillis = Math.max(latestMillis, nowMillis);
        return latestMillis;
    }

    private void forgetExpired(List<Bytes> keys, long now, List<Effect> effects) {
        for (var key : keys) {
            Entry entry = keyspace.get(key);
            if (entry != null && entry.hasExpiredAt(now)) {
                var gone = new Effect.Delete(key);
                replay(gone);
                effects.add(gone);
            }
        }
    }

    private Outcome decide(StoreCommand command, View view) {
        return switch (command) {
            case StringCommand string -> new Strings(view, longestString).decide(string);
            case KeyCommand key -> new Keys(view).decide(key);
            case ListCommand list -> new Lists(view).decide(list);
            case HashCommand hash -> new Hashes(view).decide(hash);
            case SetCommand set -> new Sets(view).decide(set);
            case WholeCommand whole -> new Keys(view).decide(whole);
            case MultiKeyCommand.Mget(var keys) -> new Strings(view, longestString).mget(keys);
            case MultiKeyCommand.Mset(var pairs) -> new Strings(view, longestString).mset(pairs);
            case MultiKeyCommand.Del(var keys) -> new Keys(view).delete(keys);
            case MultiKeyCommand.Exists(var keys) -> new Keys(view).exists(keys);
        };
    }

    /**
     * Removes keys that have expired.
     *
     * @param limit how many at most
     * @return what has been changed; as many effects as the limit if there may be more to remove
     */
    public List<Effect> expire(long nowMillis, int limit) {
        long now = advance(nowMillis);
        List<Effect> effects =
                keyspace.byExpiry().stream()
                        .takeWhile(entry -> entry.hasExpiredAt(now))
                        .limit(limit)
                        .<Effect>map(entry -> new Effect.Delete(entry.key()))
                        .toList();
        effects.forEach(this::replay);
        return effects;
    }

    /** When the next key expires, in milliseconds since the epoch; empty if none does. */
    public OptionalLong nextExpiryMillis() {
        NavigableSet<Entry> byExpiry = keyspace.byExpiry();
        return byExpiry.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(byExpiry.first().expiresAtMillis());
    }

    /**
     * Changes what an effect says.
     *
     * @throws IllegalArgumentException if the effect cannot have come from a database in this state
     */
    public void replay(Effect effect) {
        switch (effect) {
            case Effect.Receipt receipt -> {}
            case Effect.Clear() -> {
                keyspace = new Keyspace();
                snapshot = null; // goes on with the keys there were, which change no more
            }
            case Effect.OnKey onKey -> {
                if (snapshot != null) {
                    snapshot.before(onKey);
                }
                new Replay(keyspace).apply(onKey);
            }
        }
    }

    /**
     * Begins to write down the present state; see {@link Snapshot}. The one begun before, if it is
     * unfinished, is worthless from now on.
     */
    public Snapshot snapshot() {
        if (snapshot != null) {
            snapshot.abandon();
        }
        snapshot = new Snapshot(keyspace);
        return snapshot;
    }

    /** How many keys there are, with those that have expired and are not removed yet. */
    public int size() {
        return keyspace.size();
    }

    /** Whether another database has the same keys with the same values and times. */
    public boolean holdsTheSameAs(Database other) {
        return keyspace.holdsTheSameAs(other.keyspace);
    }
}
