package io.coppice.examples.kv.store;

import static io.coppice.examples.kv.store.CommandSpec.read;
import static io.coppice.examples.kv.store.CommandSpec.write;

import io.coppice.examples.kv.store.CommandSpec.KeyPositions;
import io.coppice.examples.kv.store.Effect.End;
import io.coppice.examples.kv.store.KeyCommand.Unit;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** The commands on data. */
final class DataCommandTable {

    static final List<CommandSpec> SPECS =
            Stream.of(
                            group("string", strings()),
                            group("generic", keys()),
                            group("list", lists()),
                            group("hash", hashes()),
                            group("set", sets()),
                            wholes())
                    .flatMap(List::stream)
                    .toList();

    private DataCommandTable() {}

    private static List<CommandSpec> strings() {
        return List.of(
                read("get", 2, "Get a string", one(StringCommand.Get::new)),
                read("strlen", 2, "Get the length of a string", one(StringCommand.Strlen::new)),
                write("set", -3, "Set a string", SetOptions::parse),
                write("setnx", 3, "Set a string if new", two(StringCommand.SetIfAbsent::new)),
                write("getset", 3, "Set a string, get the old", two(StringCommand.GetSet::new)),
                write("append", 3, "Add to a string", two(StringCommand.Append::new)),
                write("incr", 2, "Add one to a number", args -> add(args, 1)),
                write("decr", 2, "Take one from a number", args -> add(args, -1)),
                write("incrby", 3, "Add to a number", args -> add(args, args.number(2))),
                write("decrby", 3, "Take from a number", args -> add(args, negated(args))),
                read("mget", -2, "Get several strings", all(MultiKeyCommand.Mget::new))
                        .keys(KeyPositions.ALL),
                write("mset", -3, "Set several strings", DataCommandTable::mset)
                        .keys(KeyPositions.EVERY_OTHER));
    }

    private static List<CommandSpec> keys() {
        return List.of(
                write("del", -2, "Delete keys", all(MultiKeyCommand.Del::new))
                        .keys(KeyPositions.ALL),
                read("exists", -2, "Count keys that exist", all(MultiKeyCommand.Exists::new))
                        .keys(KeyPositions.ALL),
                write("expire", -3, "Set seconds to live", args -> expire(args, 1000)),
                write("pexpire", -3, "Set milliseconds to live", args -> expire(args, 1)),
                write("persist", 2, "Let a key live for ever", one(KeyCommand.Persist::new)),
                read("ttl", 2, "Get seconds to live", args -> ttl(args, Unit.SECONDS)),
                read("pttl", 2, "Get milliseconds to live", args -> ttl(args, Unit.MILLIS)),
                read("type", 2, "Get the type of a value", one(KeyCommand.Type::new)),
                read("keys", 2, "Get all keys that match", DataCommandTable::keysThatMatch)
                        .keys(KeyPositions.NONE),
                read("scan", -2, "Get some keys after others", ScanOptions::parse)
                        .keys(KeyPositions.NONE));
    }

    private static List<CommandSpec> lists() {
        return List.of(
                write("lpush", -3, "Add to the left of a list", args -> push(args, End.LEFT)),
                write("rpush", -3, "Add to the right of a list", args -> push(args, End.RIGHT)),
                write("lpop", -2, "Take from the left of a list", args -> pop(args, End.LEFT)),
                write("rpop", -2, "Take from the right of a list", args -> pop(args, End.RIGHT)),
                read("lrange", 4, "Get a part of a list", DataCommandTable::range));
    }

    private static List<CommandSpec> hashes() {
        return List.of(
                write("hset", -4, "Set fields of a hash", DataCommandTable::hset),
                write("hdel", -3, "Delete fields of a hash", oneAndRest(HashCommand.Remove::new)),
                read("hget", 3, "Get a field of a hash", two(HashCommand.Get::new)),
                read("hgetall", 2, "Get all fields of a hash", one(HashCommand.GetAll::new)));
    }

    private static List<CommandSpec> sets() {
        return List.of(
                write("sadd", -3, "Add members to a set", oneAndRest(SetCommand.Add::new)),
                write("srem", -3, "Take members out of a set", oneAndRest(SetCommand.Remove::new)),
                read("smembers", 2, "Get all members of a set", one(SetCommand.Members::new)));
    }

    private static List<CommandSpec> wholes() {
        return List.of(
                read("dbsize", 1, "Count the keys", args -> new WholeCommand.Dbsize())
                        .keys(KeyPositions.NONE),
                write("flushall", -1, "Delete all keys", DataCommandTable::flushall)
                        .keys(KeyPositions.NONE));
    }

    private static List<CommandSpec> group(String group, List<CommandSpec> specs) {
        return specs.stream().map(spec -> spec.group(group)).toList();
    }

    private static Function<Args, Command> one(Function<Bytes, Command> of) {
        return args -> of.apply(args.at(1));
    }

    private static Function<Args, Command> two(BiFunction<Bytes, Bytes, Command> of) {
        return args -> of.apply(args.at(1), args.at(2));
    }

    private static Function<Args, Command> all(Function<List<Bytes>, Command> of) {
        return args -> of.apply(args.from(1));
    }

    private static Function<Args, Command> oneAndRest(BiFunction<Bytes, List<Bytes>, Command> of) {
        return args -> of.apply(args.at(1), args.from(2));
    }

    private static Command add(Args args, long delta) {
        return new StringCommand.IncrBy(args.at(1), delta);
    }

    private static long negated(Args args) {
        long number = args.number(2);
        if (number == Long.MIN_VALUE) {
            throw RedisError.decrementWouldOverflow();
        }
        return -number;
    }

    private static Command mset(Args args) {
        return new MultiKeyCommand.Mset(args.pairs(1, MultiKeyCommand.Pair::new));
    }

    private static Command hset(Args args) {
        return new HashCommand.Put(args.at(1), args.pairs(2, Effect.Field::new));
    }

    private static Command expire(Args args, long unitMillis) {
        return ExpireOptions.parse(args, unitMillis);
    }

    private static Command ttl(Args args, Unit unit) {
        return new KeyCommand.Ttl(args.at(1), unit);
    }

    private static Command keysThatMatch(Args args) {
        return new WholeCommand.Keys(Glob.of(args.at(1)));
    }

    private static Command push(Args args, End end) {
        return new ListCommand.Push(args.at(1), end, args.from(2));
    }

    private static Command pop(Args args, End end) {
        if (args.size() > 3) {
            throw RedisError.wrongArity(args.name());
        }
        if (!args.has(2)) {
            return new ListCommand.Pop(args.at(1), end, OptionalLong.empty());
        }
        OptionalLong count = args.at(2).number();
        if (count.orElse(-1) < 0) {
            throw RedisError.notPositive();
        }
        return new ListCommand.Pop(args.at(1), end, count);
    }

    private static Command range(Args args) {
        return new ListCommand.Range(args.at(1), args.number(2), args.number(3));
    }

    private static Command flushall(Args args) {
        boolean plain = args.size() == 1;
        boolean how = args.size() == 2 && (args.at(1).is("sync") || args.at(1).is("async"));
        if (!plain && !how) {
            throw RedisError.syntax();
        }
        return new WholeCommand.Flushall();
    }
}
