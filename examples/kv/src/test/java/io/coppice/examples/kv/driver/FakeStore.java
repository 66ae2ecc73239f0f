package io.coppice.examples.kv.driver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a server holds, and its answers as they go over the wire. Written apart from the states of
 * the driver, with what the commands are known to do, so that the two can be held against each
 * other.
 */
final class FakeStore {

    private static final String OK = "+OK\r\n";
    private static final String NIL = "$-1\r\n";
    private static final String WRONG_TYPE =
            "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n";

    private static final class WrongType extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A key as it was; taken before something is done to it, so that it can be undone. */
    record Backup(String key, Optional<Object> value, boolean expires) {}

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Long> secondsToLive = new HashMap<>();

    Backup backup(String key) {
        return new Backup(
                key,
                Optional.ofNullable(values.get(key)).map(FakeStore::copy),
                secondsToLive.containsKey(key));
    }

    void restore(Backup backup) {
        values.remove(backup.key);
        secondsToLive.remove(backup.key);
        backup.value.map(FakeStore::copy).ifPresent(value -> values.put(backup.key, value));
        if (backup.expires) secondsToLive.put(backup.key, 999_999L);
    }

    void persist(String key) {
        secondsToLive.remove(key);
    }

    /** Carries out one command. */
    String execute(List<String> words) {
        String key = words.get(1);
        List<String> rest = words.subList(2, words.size());
        try {
            String reply =
                    switch (words.getFirst()) {
                        case "GET" -> bulk(text(key));
                        case "STRLEN" -> number(text(key) == null ? 0 : text(key).length());
                        case "SET" -> set(key, rest);
                        case "SETNX" -> number(values.putIfAbsent(key, rest.getFirst()) == null);
                        case "GETSET" -> getSet(key, rest.getFirst());
                        case "APPEND" -> append(key, rest.getFirst());
                        case "INCR" -> increment(key, 1);
                        case "DECR" -> increment(key, -1);
                        case "INCRBY" -> increment(key, Long.parseLong(rest.getFirst()));
                        case "LPUSH", "RPUSH" -> push(words.getFirst(), key, rest);
                        case "LPOP" -> bulk(list(key).pollFirst());
                        case "LRANGE" -> range(list(key), rest);
                        case "HSET" -> hset(hash(key), rest);
                        case "HGET" -> bulk(hash(key).get(rest.getFirst()));
                        case "HDEL" -> number(removed(hash(key).keySet(), rest));
                        case "HGETALL" -> pairs(hash(key));
                        case "SADD" -> number(rest.stream().filter(set(key)::add).count());
                        case "SREM" -> number(removed(set(key), rest));
                        case "SMEMBERS" -> bulks(set(key));
                        case "MSET" -> mset(words);
                        case "MGET" -> mget(words.subList(1, words.size()));
                        case "DEL" -> number(removed(values.keySet(), words));
                        case "EXISTS" -> number(words.stream().filter(values::containsKey).count());
                        case "EXPIRE" -> expire(key, rest.getFirst());
                        case "PERSIST" -> number(secondsToLive.remove(key) != null);
                        case "TTL" -> number(ttl(key));
                        default -> "-ERR unknown command '" + words.getFirst() + "'\r\n";
                    };
            return reply;
        } catch (WrongType wrongType) {
            return WRONG_TYPE;
        } finally {
            sweep();
        }
    }

    /** What is empty is not there, and what is not there does not expire. */
    private void sweep() {
        values.values().removeIf(value -> value instanceof Collection<?> c && c.isEmpty());
        values.values().removeIf(value -> value instanceof Map<?, ?> map && map.isEmpty());
        secondsToLive.keySet().retainAll(values.keySet());
    }

    private String set(String key, List<String> rest) {
        if (rest.contains("NX") && values.containsKey(key)) return NIL;
        if (rest.contains("XX") && !values.containsKey(key)) return NIL;
        values.put(key, rest.getFirst());
        secondsToLive.remove(key);
        int option = rest.indexOf("EX");
        if (option > 0) secondsToLive.put(key, Long.valueOf(rest.get(option + 1)));
        return OK;
    }

    private String getSet(String key, String value) {
        String old = bulk(text(key));
        values.put(key, value);
        secondsToLive.remove(key);
        return old;
    }

    private String append(String key, String suffix) {
        String before = text(key);
        String after = before == null ? suffix : before.concat(suffix);
        values.put(key, after);
        return number(after.length());
    }

    private String increment(String key, long delta) {
        String before = text(key);
        try {
            long after = Math.addExact(before == null ? 0 : Long.parseLong(before), delta);
            values.put(key, Long.toString(after));
            return number(after);
        } catch (NumberFormatException notANumber) {
            return "-ERR value is not an integer or out of range\r\n";
        }
    }

    private String push(String command, String key, List<String> more) {
        LinkedList<String> list = list(key);
        more.forEach(command.equals("LPUSH") ? list::addFirst : list::addLast);
        return number(list.size());
    }

    private static String range(LinkedList<String> list, List<String> bounds) {
        int to = Integer.parseInt(bounds.get(1));
        return bulks(
                list.stream()
                        .limit(to < 0 ? list.size() + to + 1 : to + 1)
                        .skip(Integer.parseInt(bounds.get(0)))
                        .toList());
    }

    private static String hset(Map<String, String> hash, List<String> pairs) {
        int before = hash.size();
        for (int i = 0; i < pairs.size(); i += 2) hash.put(pairs.get(i), pairs.get(i + 1));
        return number(hash.size() - before);
    }

    private String mset(List<String> words) {
        for (int i = 1; i < words.size(); i += 2) set(words.get(i), List.of(words.get(i + 1)));
        return OK;
    }

    private String mget(List<String> keys) {
        var reply = new StringBuilder("*" + keys.size() + "\r\n");
        for (String key : keys) reply.append(bulk(values.get(key) instanceof String s ? s : null));
        return reply.toString();
    }

    private String expire(String key, String seconds) {
        if (!values.containsKey(key)) return number(0);
        secondsToLive.put(key, Long.valueOf(seconds));
        return number(1);
    }

    private long ttl(String key) {
        return values.containsKey(key) ? secondsToLive.getOrDefault(key, -1L) : -2;
    }

    private String text(String key) {
        return typed(key, String.class, () -> null);
    }

    @SuppressWarnings("unchecked")
    private LinkedList<String> list(String key) {
        return typed(key, LinkedList.class, LinkedList::new);
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> hash(String key) {
        return typed(key, LinkedHashMap.class, LinkedHashMap::new);
    }

    @SuppressWarnings("unchecked")
    private LinkedHashSet<String> set(String key) {
        return typed(key, LinkedHashSet.class, LinkedHashSet::new);
    }

    private <T> T typed(String key, Class<T> type, Supplier<T> none) {
        Object value = values.get(key);
        if (value == null) {
            T created = none.get();
            if (created != null) values.put(key, created);
            return created;
        }
        if (!type.isInstance(value)) throw new WrongType();
        return type.cast(value);
    }

    @SuppressWarnings("unchecked")
    private static Object copy(Object value) {
        return switch (value) {
            case LinkedList<?> list -> new LinkedList<>(list);
            case LinkedHashMap<?, ?> map -> new LinkedHashMap<>(map);
            case LinkedHashSet<?> set -> new LinkedHashSet<>(set);
            default -> value;
        };
    }

    private static long removed(Collection<String> from, List<String> what) {
        return what.stream().filter(from::remove).count();
    }

    private static String number(boolean is) {
        return number(is ? 1 : 0);
    }

    private static String number(long number) {
        return ":" + number + "\r\n";
    }

    private static String bulk(String value) {
        return value == null ? NIL : "$" + value.length() + "\r\n" + value + "\r\n";
    }

    private static String bulks(Collection<String> values) {
        var reply = new StringBuilder("*" + values.size() + "\r\n");
        values.forEach(value -> reply.append(bulk(value)));
        return reply.toString();
    }

    private static String pairs(Map<String, String> hash) {
        var flat = new ArrayList<String>();
        hash.forEach((field, value) -> flat.addAll(List.of(field, value)));
        return bulks(flat);
    }
}
