package io.coppice.examples.kv.store;

import io.coppice.examples.kv.store.StringCommand.Condition;
import io.coppice.examples.kv.store.StringCommand.Expiry;

/**
 * Reads {@code SET key value [NX | XX] [GET] [EX s | PX ms | EXAT s | PXAT ms | KEEPTTL]}. An
 * option may be repeated; the last number counts, and is looked at when all options have been.
 */
final class SetOptions {

    private final Args args;
    private int next = 3;
    private Condition condition = Condition.ALWAYS;
    private boolean returnsOld;
    private String expiry = "";
    private int expiryAt;

    private SetOptions(Args args) {
        this.args = args;
    }

    static Command parse(Args args) {
        var options = new SetOptions(args);
        while (args.has(options.next)) {
            options.take(Commands.lowerCase(args.at(options.next++)));
        }
        return new StringCommand.Set(
                args.at(1), args.at(2), options.expiry(), options.condition, options.returnsOld);
    }

    private void take(String option) {
        switch (option) {
            case "nx" -> demand(Condition.IF_ABSENT);
            case "xx" -> demand(Condition.IF_PRESENT);
            case "get" -> returnsOld = true;
            case "keepttl" -> expire(option);
            case "ex", "px", "exat", "pxat" -> {
                expire(option);
                if (!args.has(next)) {
                    throw RedisError.syntax();
                }
                expiryAt = next++;
            }
            default -> throw RedisError.syntax();
        }
    }

    private void demand(Condition demanded) {
        if (condition != Condition.ALWAYS && condition != demanded) {
            throw RedisError.syntax();
        }
        condition = demanded;
    }

    private void expire(String option) {
        if (!expiry.isEmpty() && !expiry.equals(option)) {
            throw RedisError.syntax();
        }
        expiry = option;
    }

    private Expiry expiry() {
        return switch (expiry) {
            case "keepttl" -> new Expiry.Keep();
            case "ex" -> new Expiry.In(millis(1000));
            case "px" -> new Expiry.In(millis(1));
            case "exat" -> new Expiry.At(millis(1000));
            case "pxat" -> new Expiry.At(millis(1));
            default -> new Expiry.None();
        };
    }

    private long millis(long unitMillis) {
        long number = args.number(expiryAt);
        if (number <= 0 || number > Long.MAX_VALUE / unitMillis) {
            throw RedisError.invalidExpireTime(args.name());
        }
        return number * unitMillis;
    }
}
