package io.coppice.examples.kv.store;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All commands there are, and the way from the words of a request to one of them. */
public final class Commands {

    /** No name of a command is longer than this, so a longer one need not be looked up. */
    private static final int LONGEST_NAME = 32;

    private static final Map<String, CommandSpec> BY_NAME =
            Stream.of(DataCommandTable.SPECS, ServerCommandTable.SPECS)
                    .flatMap(List::stream)
                    .collect(
                            toMap(
                                    CommandSpec::name,
                                    spec -> spec,
                                    Commands::refuseTwins,
                                    LinkedHashMap::new));

    private Commands() {}

    public static Collection<CommandSpec> all() {
        return BY_NAME.values();
    }

    public static Optional<CommandSpec> find(Bytes name) {
        return Optional.ofNullable(BY_NAME.get(lowerCase(name)));
    }

    /**
     * Makes a command of the words of a request.
     *
     * @param words at least one
     * @throws RedisError if there is no such command or its arguments are wrong
     */
    public static Command parse(List<Bytes> words) {
        CommandSpec spec = find(words.get(0)).orElseThrow(() -> RedisError.unknownCommand(words));
        if (!spec.admits(words.size())) {
            throw RedisError.wrongArity(spec.name());
        }
        return spec.parser().apply(new Args(words, spec.name()));
    }

    static String lowerCase(Bytes name) {
        return name.text(LONGEST_NAME + 1).toLowerCase(Locale.ROOT);
    }

    private static CommandSpec refuseTwins(CommandSpec one, CommandSpec other) {
        throw new IllegalStateException("two commands named " + one.name());
    }
}
