package io.coppice.examples.kv;

import static java.util.stream.Collectors.joining;

import io.coppice.examples.kv.Arguments.Option;
import io.coppice.examples.kv.Options.Fsync;
import io.coppice.examples.kv.Options.Target;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Gathers what is given, and what is wrong with it. */
final class ArgumentParser {

    private final Map<Option, String> given = new EnumMap<>(Option.class);
    private final List<String> problems = new ArrayList<>();

    Arguments parse(List<String> words) {
        read(words);
        if (given.containsKey(Option.HELP)) return new Arguments.Help();
        Options options = options();
        return problems.isEmpty() ? new Arguments.Run(options) : new Arguments.Wrong(problems);
    }

    private void read(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String[] parts = words.get(i).split("=", 2);
            Optional<Option> known = option(parts[0]);
            if (known.isEmpty()) {
                problems.add("unknown option " + parts[0] + suggestion(parts[0]));
                // What follows may have been meant as its value.
                if (i + 1 < words.size() && !words.get(i + 1).startsWith("--")) i++;
                continue;
            }
            Option option = known.get();
            if (option.takesValue() && parts.length == 1 && i + 1 < words.size()) {
                put(option, words.get(++i));
            } else if (option.takesValue() == (parts.length == 2)) {
                put(option, parts[parts.length - 1]);
            } else {
                problems.add(
                        option.takesValue()
                                ? option.flag + " needs a value: " + option.meaning
                                : option.flag + " takes no value: " + parts[1]);
            }
        }
    }

    private void put(Option option, String value) {
        if (given.put(option, value) != null) problems.add(option.flag + " is given twice");
    }

    private Options options() {
        boolean serve = given.containsKey(Option.SERVE);
        if (serve) Stream.of(Option.SECONDS, Option.CLIENTS).forEach(this::refuseWithServe);
        Options defaults = serve ? Options.server() : Options.demo();
        return new Options(
                serve,
                number(Option.PORT, 0, 65_535, defaults.port()),
                value(Option.DATA, ArgumentParser::path).or(defaults::data),
                value(Option.FSYNC, text -> constant(Fsync.class, text)).orElse(defaults.fsync()),
                number(Option.SHARDS, 1, 256, defaults.shards()),
                value(Option.CHAOS, ArgumentParser::rate).orElse(defaults.chaosPerSecond()),
                value(Option.CHAOS_AT, ArgumentParser::targets).orElse(defaults.chaosAt()),
                Duration.ofSeconds(
                        number(
                                Option.SECONDS,
                                1,
                                86_400,
                                Math.toIntExact(defaults.duration().toSeconds()))),
                number(Option.CLIENTS, 1, 1000, defaults.clients()));
    }

    private void refuseWithServe(Option option) {
        if (given.containsKey(option)) {
            problems.add(option.flag + " has no meaning with --serve, which drives nothing");
        }
    }

    private int number(Option option, int least, int most, int otherwise) {
        return value(option, text -> number(text, least, most)).orElse(otherwise);
    }

    /** The value of an option, if it is given and makes sense. */
    private <T> Optional<T> value(Option option, Function<String, T> parser) {
        String text = given.get(option);
        if (text == null) return Optional.empty();
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException wrong) {
            problems.add(option.flag + " " + text + ": " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private static int number(String text, int least, int most) {
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) return number;
        }
        throw new IllegalArgumentException("not a number from " + least + " to " + most);
    }

    private static double rate(String text) {
        if (text.matches("[0-9]{1,4}([.][0-9]{1,6})?")) {
            double rate = Double.parseDouble(text);
            if (rate <= 1000) return rate;
        }
        throw new IllegalArgumentException("not a number from 0 to 1000");
    }

    private static Path path(String text) {
        if (text.isBlank()) throw new IllegalArgumentException("not a directory");
        try {
            return Path.of(text);
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("not a directory: " + wrong.getReason(), wrong);
        }
    }

    private static Set<Target> targets(String text) {
        var targets = EnumSet.noneOf(Target.class);
        for (String name : text.split(",", -1)) targets.add(constant(Target.class, name));
        return targets;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        List<E> all = List.of(type.getEnumConstants());
        return all.stream()
                .filter(constant -> name(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(noneOf(all, text)));
    }

    private static String noneOf(List<? extends Enum<?>> all, String text) {
        return all.stream()
                .map(ArgumentParser::name)
                .collect(joining(", ", "'" + text + "' is none of ", ""));
    }

    /** As it is written on a command line. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Option> option(String flag) {
        return Arrays.stream(Option.values())
                .filter(option -> option.flag.equals(flag))
                .findFirst();
    }

    private static String suggestion(String flag) {
        return Spelling.nearest(
                        flag, Arrays.stream(Option.values()).map(option -> option.flag).toList())
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("; --help lists them all");
    }
}
