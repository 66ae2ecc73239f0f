package io.coppice.examples.kv.store;

import io.coppice.examples.kv.store.WholeCommand.Filter;

import java.util.Optional;

/** Reads {@code SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]}. */
final class ScanOptions {

    private static final long USUAL_COUNT = 10;

    private final Args args;
    private int next = 2;
    private Glob pattern = Glob.ANY;
    private long count = USUAL_COUNT;
    private Optional<String> type = Optional.empty();

    private ScanOptions(Args args) {
        this.args = args;
    }

    static Command parse(Args args) {
        long cursor = args.at(1).number().orElse(-1);
        if (cursor < 0) {
            throw RedisError.invalidCursor();
        }
        var options = new ScanOptions(args);
        while (args.has(options.next)) {
            options.take(Commands.lowerCase(args.at(options.next++)));
        }
        return new WholeCommand.Scan(
                cursor, new Filter(options.pattern, options.count, options.type));
    }

    private void take(String option) {
        switch (option) {
            case "match" -> pattern = Glob.of(value());
            case "count" -> count = count();
            case "type" -> type = Optional.of(Commands.lowerCase(value()));
            default -> throw RedisError.syntax();
        }
    }

    private long count() {
        long number = args.number(next++);
        if (number < 1) {
            throw RedisError.syntax();
        }
        return number;
    }

    private Bytes value() {
        if (!args.has(next)) {
            throw RedisError.syntax();
        }
        return args.at(next++);
    }
}
