package io.coppice.examples.kv.driver;

import io.coppice.examples.kv.driver.AnyRequest.Del;
import io.coppice.examples.kv.driver.AnyRequest.Exists;
import io.coppice.examples.kv.driver.AnyRequest.Expire;
import io.coppice.examples.kv.driver.AnyRequest.Persist;
import io.coppice.examples.kv.driver.AnyRequest.Ttl;
import io.coppice.examples.kv.driver.TextRequest.Condition;
import io.coppice.examples.kv.driver.TextRequest.IncrBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws the requests of one client: some on each of a fixed number of keys, of which none grows
 * without bound. Every value is written only once, so that an old one is known for what it is.
 */
final class Workload {

    /** What a key is used for. */
    private enum Kind {
        TEXT("text", 8, TextRequest.Get::new),
        COUNTER("counter", 4, TextRequest.Get::new),
        LIST("list", 4, ListRequest.Lrange::all),
        HASH("hash", 4, HashRequest.Hgetall::new),
        SET("set", 4, SetRequest.Smembers::new),
        /** Counts upwards and is never deleted, so that others may watch it. */
        WATCHED("watched", 1, TextRequest.Get::new);

        final String label;
        final int keys;
        final Function<String, KeyRequest> reading;

        Kind(String label, int keys, Function<String, KeyRequest> reading) {
            this.label = label;
            this.keys = keys;
            this.reading = reading;
        }

        static Kind of(String key) {
            return Arrays.stream(values())
                    .filter(kind -> key.startsWith(kind.label, key.lastIndexOf(':') + 1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("key: " + key));
        }
    }

    private static final int LONGEST_TEXT = 4096;
    private static final int MOST_ELEMENTS = 16;
    private static final int MOST_NAMES = 12; // of fields and members

    /** A key, and how often it had to be replaced by a fresh one. */
    private static final class Slot {
        private final Kind kind;
        private final String name;
        private int generation;

        Slot(Kind kind, String name) {
            this.kind = kind;
            this.name = name;
        }

        String key() {
            return name + "." + generation;
        }
    }

    private final RandomGenerator random;
    private final Ledger ledger;
    private final List<Slot> slots = new ArrayList<>();
    private long written; // how many values were ever made up

    Workload(String prefix, RandomGenerator random, Ledger ledger) {
        this.random = random;
        this.ledger = ledger;
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < kind.keys; i++) {
                slots.add(new Slot(kind, prefix + ":" + kind.label + i));
            }
        }
    }

    /** The key that others may watch, for the time being. */
    String watchedKey() {
        return key(slots.getLast());
    }

    /**
     * The next request, or none if no key is free.
     *
     * @param free whether the outcome of all earlier requests on a key is known
     */
    Optional<Request> next(Predicate<String> free) {
        Slot slot = slots.get(random.nextInt(slots.size()));
        if (!free.test(key(slot))) return Optional.empty();
        return Optional.of(
                random.nextInt(6) == 0 && slot.kind == Kind.TEXT
                        ? onMany(slot, free)
                        : random.nextInt(8) == 0 && slot.kind != Kind.WATCHED
                                ? onAny(slot.key())
                                : onOne(slot));
    }

    /** Reads the whole of a key, its time to live left out. */
    static KeyRequest reading(String key) {
        return Kind.of(key).reading.apply(key);
    }

    private KeyRequest onOne(Slot slot) {
        String key = slot.key();
        return switch (slot.kind) {
            case TEXT -> onText(key);
            case COUNTER -> onCounter(key);
            case LIST -> onList(key);
            case HASH -> onHash(key);
            case SET -> onSet(key);
            case WATCHED -> new IncrBy(key, 1);
        };
    }

    private KeyRequest onText(String key) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> new TextRequest.Get(key);
            case 2 -> new TextRequest.Set(key, value());
            case 3 -> new TextRequest.Set(key, value(), condition(), random.nextBoolean());
            case 4 -> new TextRequest.SetNx(key, value());
            case 5 -> new TextRequest.GetSet(key, value());
            case 6 -> new TextRequest.Strlen(key);
            default ->
                    textLength(key) > LONGEST_TEXT
                            ? new TextRequest.Set(key, value())
                            : new TextRequest.Append(key, value());
        };
    }

    private KeyRequest onCounter(String key) {
        return switch (random.nextInt(6)) {
            case 0 -> new TextRequest.Get(key);
            case 1 -> new IncrBy(key, -1);
            case 2 -> new IncrBy(key, random.nextInt(-1000, 1000));
            default -> new IncrBy(key, 1);
        };
    }

    private KeyRequest onList(String key) {
        boolean full =
                ledger.possible(key).getFirst().content() instanceof Content.Elements(var values)
                        && values.size() >= MOST_ELEMENTS;
        return switch (random.nextInt(full ? 4 : 8)) {
            case 0, 1 -> new ListRequest.Lpop(key);
            case 2 -> ListRequest.Lrange.all(key);
            case 3 -> new ListRequest.Lrange(key, random.nextInt(4), random.nextInt(8));
            case 4, 5 -> new ListRequest.Lpush(key, values());
            default -> new ListRequest.Rpush(key, values());
        };
    }

    private KeyRequest onHash(String key) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new HashRequest.Hget(key, name("f"));
            case 2 -> new HashRequest.Hgetall(key);
            case 3, 4 -> new HashRequest.Hdel(key, names("f"));
            default -> {
                var fields = new TreeMap<String, String>();
                names("f").forEach(field -> fields.put(field, value()));
                yield new HashRequest.Hset(key, fields);
            }
        };
    }

    private KeyRequest onSet(String key) {
        return switch (random.nextInt(7)) {
            case 0 -> new SetRequest.Smembers(key);
            case 1, 2 -> new SetRequest.Srem(key, names("m"));
            default -> new SetRequest.Sadd(key, names("m"));
        };
    }

    /** Now and then something that the type of the key forbids, which must change nothing. */
    private KeyRequest onAny(String key) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Del(key);
            case 2 -> new Exists(key);
            case 3, 4 -> new Expire(key);
            case 5, 6 -> new Persist(key);
            case 7, 8 -> new Ttl(key);
            default -> misfit(key);
        };
    }

    private KeyRequest misfit(String key) {
        return Kind.of(key) == Kind.HASH
                ? new SetRequest.Srem(key, names("m"))
                : new HashRequest.Hdel(key, names("f"));
    }

    private Request onMany(Slot first, Predicate<String> free) {
        var keys = new LinkedHashSet<String>(List.of(first.key()));
        int wanted = 2 + random.nextInt(3);
        for (int i = 0; i < wanted; i++) {
            String key = key(slots.get(random.nextInt(Kind.TEXT.keys)));
            if (free.test(key)) keys.add(key);
        }
        List<String> all = List.copyOf(keys);
        return switch (random.nextInt(5)) {
            case 0 -> new MultiRequest.MultiDel(all);
            case 1 -> new MultiRequest.MultiExists(all);
            case 2, 3 -> {
                var values = new TreeMap<String, String>();
                all.forEach(key -> values.put(key, value()));
                yield new MultiRequest.Mset(values);
            }
            default -> new MultiRequest.Mget(all);
        };
    }

    /** The slot's key, a fresh one if nothing more can be learnt of the old one. */
    private String key(Slot slot) {
        if (ledger.isSpoilt(slot.key())) slot.generation++;
        return slot.key();
    }

    private int textLength(String key) {
        return ledger.possible(key).getFirst().content() instanceof Content.Text(var value)
                ? value.length()
                : 0;
    }

    private Condition condition() {
        return random.nextBoolean() ? Condition.NX : Condition.XX;
    }

    /** Mostly short, now and then long, or full of bytes that a protocol may stumble over. */
    private String value() {
        String value = "v" + written++;
        return switch (random.nextInt(40)) {
            case 0 -> value + "x".repeat(random.nextInt(LONGEST_TEXT / 4));
            case 1 -> value + "\r\n$-1\r\n\0\u00ff\u0080";
            default -> value;
        };
    }

    private List<String> values() {
        return IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> value()).toList();
    }

    private String name(String kind) {
        return kind + random.nextInt(MOST_NAMES);
    }

    private List<String> names(String kind) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> name(kind))
                .distinct()
                .toList();
    }
}
