package io.coppice.examples.kv.store;

import io.coppice.examples.kv.store.KeyCommand.Only;
import io.coppice.examples.kv.store.KeyCommand.Unit;
import io.coppice.examples.kv.store.WholeCommand.Filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What commands on keys come to, whatever they hold. */
record Keys(View view) {

    /** The most keys one {@code SCAN} looks at, whatever count it asks for. */
    static final int MOST_SCANNED = 10_000;

    private static final Reply NO_KEY = new Reply.Number(-2);
    private static final Reply NO_EXPIRY = new Reply.Number(-1);

    Outcome decide(KeyCommand command) {
        return switch (command) {
            case KeyCommand.Expire expire -> expire(expire);
            case KeyCommand.Persist(var key) ->
                    view.expiryOf(key) == Effect.NEVER
                            ? Outcome.unchanged(Reply.ZERO)
                            : Outcome.of(Reply.ONE, new Effect.ExpireAt(key, Effect.NEVER));
            case KeyCommand.Ttl(var key, var unit) ->
                    Outcome.unchanged(timeToLive(view.entry(key), unit));
            case KeyCommand.Type(var key) -> {
                Entry entry = view.entry(key);
                yield Outcome.unchanged(
                        new Reply.Simple(entry == null ? "none" : entry.value().type()));
            }
        };
    }

    Outcome decide(WholeCommand command) {
        return switch (command) {
            case WholeCommand.Keys(var pattern) -> Outcome.unchanged(matching(pattern));
            case WholeCommand.Dbsize() -> Outcome.unchanged(Reply.of(count()));
            case WholeCommand.Flushall() -> Outcome.of(Reply.OK, new Effect.Clear());
            case WholeCommand.Scan(var cursor, var filter) ->
                    Outcome.unchanged(scan(ScanCursor.of(cursor, 1).position(), filter));
        };
    }

    Outcome exists(List<Bytes> keys) {
        return Outcome.unchanged(Reply.of(keys.stream().filter(view::has).count()));
    }

    Outcome delete(List<Bytes> keys) {
        var effects = new ArrayList<Effect>();
        for (var key : new LinkedHashSet<>(keys)) {
            if (view.has(key)) {
                effects.add(new Effect.Delete(key));
            }
        }
        return new Outcome(Reply.of(effects.size()), effects);
    }

    private Outcome expire(KeyCommand.Expire expire) {
        long now = view.nowMillis();
        if (expire.millis() > Long.MAX_VALUE - now) {
            throw RedisError.invalidExpireTime(expire.name());
        }
        long at = now + expire.millis();
        Entry entry = view.entry(expire.key());
        if (entry == null
                || !expire.conditions().stream().allMatch(only -> holds(only, entry, at))) {
            return Outcome.unchanged(Reply.ZERO);
        }
        return Outcome.of(
                Reply.ONE,
                at <= now
                        ? new Effect.Delete(expire.key())
                        : new Effect.ExpireAt(expire.key(), at));
    }

    private static boolean holds(Only condition, Entry entry, long at) {
        return switch (condition) {
            case IF_NONE -> !entry.expires();
            case IF_ANY -> entry.expires();
            case IF_LATER -> entry.expires() && at > entry.expiresAtMillis();
            case IF_EARLIER -> !entry.expires() || at < entry.expiresAtMillis();
        };
    }

    private Reply timeToLive(@Nullable Entry entry, Unit unit) {
        if (entry == null) {
            return NO_KEY;
        }
        if (!entry.expires()) {
            return NO_EXPIRY;
        }
        long millis = entry.expiresAtMillis() - view.nowMillis();
        return Reply.of(
                switch (unit) {
                    case MILLIS -> millis;
                    case SECONDS -> millis / 1000 + (millis % 1000 >= 500 ? 1 : 0);
                });
    }

    private Reply matching(Glob pattern) {
        return Reply.bulks(
                view.keyspace().byPosition().stream()
                        .filter(entry -> !entry.hasExpiredAt(view.nowMillis()))
                        .map(Entry::key)
                        .filter(pattern::matches)
                        .toList());
    }

    /** Counts without those that have expired and have not been swept away yet. */
    private long count() {
        long expired =
                view.keyspace().byExpiry().stream()
                        .takeWhile(entry -> entry.hasExpiredAt(view.nowMillis()))
                        .count();
        return view.keyspace().size() - expired;
    }

    /** Looks at the keys from a position on; those at one position are all in one answer. */
    private Reply scan(long position, Filter filter) {
        long most = Math.min(filter.count(), MOST_SCANNED);
        var found = new ArrayList<Bytes>();
        long looked = 0;
        long last = -1;
        for (var entry : view.keyspace().byPosition().tailSet(Entry.before(position))) {
            if (looked++ >= most && entry.position() != last) {
                return scanned(entry.position(), found);
            }
            last = entry.position();
            if (answers(filter, entry)) {
                found.add(entry.key());
            }
        }
        return scanned(0, found);
    }

    private boolean answers(Filter filter, Entry entry) {
        return !entry.hasExpiredAt(view.nowMillis())
                && filter.type().map(entry.value().type()::equals).orElse(true)
                && filter.pattern().matches(entry.key());
    }

    private static Reply scanned(long next, List<Bytes> found) {
        return new Reply.Array(List.of(Reply.bulk(Long.toString(next)), Reply.bulks(found)));
    }
}
