package io.coppice.examples.kv.store;

import java.util.List;
import java.util.function.Function;

/**
 * What the server knows of a command before it is sent one; {@code COMMAND} answers it.
 *
 * @param name in lower case
 * @param arity the number of words, the name included; if negative, that many or more
 * @param flags in Redis's words
 * @param keys where the keys are among the words
 * @param group in Redis's words, for its documentation
 * @param summary one phrase, likewise
 * @param parser makes the command; the arity has been checked
 */
public record CommandSpec(
        String name,
        int arity,
        List<String> flags,
        KeyPositions keys,
        String group,
        String summary,
        Function<Args, Command> parser) {

    /**
     * @param first the first word that is a key, 0 if none is
     * @param last the last, counted from the end if negative
     * @param step how many words further the next key is
     */
    public record KeyPositions(int first, int last, int step) {

        static final KeyPositions NONE = new KeyPositions(0, 0, 0);
        static final KeyPositions FIRST = new KeyPositions(1, 1, 1);
        static final KeyPositions ALL = new KeyPositions(1, -1, 1);
        static final KeyPositions EVERY_OTHER = new KeyPositions(1, -1, 2);
    }

    static CommandSpec read(
            String name, int arity, String summary, Function<Args, Command> parser) {
        return on(KeyPositions.FIRST, List.of("readonly"), name, arity, summary, parser);
    }

    static CommandSpec write(
            String name, int arity, String summary, Function<Args, Command> parser) {
        return on(KeyPositions.FIRST, List.of("write"), name, arity, summary, parser);
    }

    static CommandSpec server(
            String name, int arity, String summary, Function<Args, Command> parser) {
        return on(KeyPositions.NONE, List.of("fast"), name, arity, summary, parser);
    }

    private static CommandSpec on(
            KeyPositions keys,
            List<String> flags,
            String name,
            int arity,
            String summary,
            Function<Args, Command> parser) {
        return new CommandSpec(name, arity, flags, keys, "server", summary, parser);
    }

    CommandSpec keys(KeyPositions positions) {
        return new CommandSpec(name, arity, flags, positions, group, summary, parser);
    }

    CommandSpec group(String newGroup) {
        return new CommandSpec(name, arity, flags, keys, newGroup, summary, parser);
    }

    boolean admits(int words) {
        return arity >= 0 ? words == arity : words >= -arity;
    }
}
