package io.coppice.examples.kv.store;

import io.coppice.examples.kv.store.KeyCommand.Only;

import java.util.EnumSet;
import java.util.Set;

/** Reads {@code EXPIRE key number [NX | XX] [GT | LT]}. */
final class ExpireOptions {

    private ExpireOptions() {}

    static Command parse(Args args, long unitMillis) {
        Set<Only> conditions = EnumSet.noneOf(Only.class);
        for (int i = 3; i < args.size(); i++) {
            conditions.add(condition(args.at(i)));
        }
        refuseContradictions(conditions);
        long number = args.number(2);
        if (number > Long.MAX_VALUE / unitMillis || number < Long.MIN_VALUE / unitMillis) {
            throw RedisError.invalidExpireTime(args.name());
        }
        return new KeyCommand.Expire(
                args.at(1), number * unitMillis, Set.copyOf(conditions), args.name());
    }

    private static Only condition(Bytes word) {
        return switch (Commands.lowerCase(word)) {
            case "nx" -> Only.IF_NONE;
            case "xx" -> Only.IF_ANY;
            case "gt" -> Only.IF_LATER;
            case "lt" -> Only.IF_EARLIER;
            default -> throw RedisError.refused("ERR Unsupported option " + word.text(128));
        };
    }

    private static void refuseContradictions(Set<Only> conditions) {
        if (conditions.contains(Only.IF_NONE) && conditions.size() > 1) {
            throw RedisError.refused(
                    "ERR NX and XX, GT or LT options at the same time are not compatible");
        }
        if (conditions.contains(Only.IF_LATER) && conditions.contains(Only.IF_EARLIER)) {
            throw RedisError.refused("ERR GT and LT options at the same time are not compatible");
        }
    }
}
