package io.coppice.examples.kv.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Who answers a command: which shards are asked what, and how their replies become one.
 *
 * <p>Each shard carries its part out at once; the parts of several shards are not one transaction.
 * A client may see the keys of one shard set by an {@code MSET} and those of another not yet, and
 * if a shard cannot be asked, the others have done their part all the same.
 *
 * @param parts at least one, of different shards, in ascending order
 */
public record Plan(List<Part> parts, Join join) {

    /**
     * @param shard from 0
     * @param command what it is asked to do
     */
    public record Part(int shard, StoreCommand command) {}

    public Plan {
        parts = List.copyOf(parts);
    }

    /**
     * @param shards how many there are, 1 to {@link ScanCursor#MOST_SHARDS}
     * @throws RedisError if it is a scan whose cursor no shard can have answered
     */
    public static Plan of(StoreCommand command, int shards) {
        checkShards(shards);
        return switch (command) {
            case MultiKeyCommand.Mget(var keys) ->
                    split(keys, shards, key -> key, MultiKeyCommand.Mget::new, Join.InOrder::new);
            case MultiKeyCommand.Mset(var pairs) ->
                    split(pairs, shards, pair -> pair.key(), MultiKeyCommand.Mset::new, same());
            case MultiKeyCommand.Del(var keys) ->
                    split(keys, shards, key -> key, MultiKeyCommand.Del::new, sum());
            case MultiKeyCommand.Exists(var keys) ->
                    split(keys, shards, key -> key, MultiKeyCommand.Exists::new, sum());
            case WholeCommand.Keys keys -> everywhere(keys, shards, new Join.Union());
            case WholeCommand.Dbsize dbsize -> everywhere(dbsize, shards, new Join.Sum());
            case WholeCommand.Flushall flushall -> everywhere(flushall, shards, new Join.Same());
            case WholeCommand.Scan(var number, var filter) -> {
                var cursor = ScanCursor.of(number, shards);
                var part = new WholeCommand.Scan(cursor.position(), filter);
                yield new Plan(
                        List.of(new Part(cursor.shard(), part)),
                        new Join.Scanned(cursor.shard(), shards));
            }
            case StringCommand string -> one(string.key(), string, shards);
            case KeyCommand key -> one(key.key(), key, shards);
            case ListCommand list -> one(list.key(), list, shards);
            case HashCommand hash -> one(hash.key(), hash, shards);
            case SetCommand set -> one(set.key(), set, shards);
        };
    }

    /** The shard a key lives in, which is the same for ever as long as there are so many. */
    public static int shardOf(Bytes key, int shards) {
        return (int) Long.remainderUnsigned(key.stableHash(), shards);
    }

    private static void checkShards(int shards) {
        if (shards < 1 || shards > ScanCursor.MOST_SHARDS) {
            throw new IllegalArgumentException("shards: " + shards);
        }
    }

    private static Plan one(Bytes key, StoreCommand command, int shards) {
        return new Plan(List.of(new Part(shardOf(key, shards), command)), new Join.Same());
    }

    private static Plan everywhere(StoreCommand command, int shards, Join join) {
        return new Plan(
                IntStream.range(0, shards).mapToObj(shard -> new Part(shard, command)).toList(),
                join);
    }

    /**
     * @param join made of the number of things and, for each part, of which of them it has
     */
    private static <T> Plan split(
            List<T> things,
            int shards,
            Function<T, Bytes> keyOf,
            Function<List<T>, StoreCommand> command,
            BiFunction<Integer, List<List<Integer>>, Join> join) {
        Map<Integer, List<Integer>> indexes = new TreeMap<>();
        for (int i = 0; i < things.size(); i++) {
            int shard = shardOf(keyOf.apply(things.get(i)), shards);
            indexes.computeIfAbsent(shard, none -> new ArrayList<>()).add(i);
        }
        var parts = new ArrayList<Part>();
        indexes.forEach(
                (shard, mine) ->
                        parts.add(
                                new Part(
                                        shard,
                                        command.apply(mine.stream().map(things::get).toList()))));
        return new Plan(parts, join.apply(things.size(), List.copyOf(indexes.values())));
    }

    private static BiFunction<Integer, List<List<Integer>>, Join> same() {
        return (size, indexes) -> new Join.Same();
    }

    private static BiFunction<Integer, List<List<Integer>>, Join> sum() {
        return (size, indexes) -> new Join.Sum();
    }
}
