package io.coppice.examples.kv;

import java.util.ArrayList;
import java.util.List;

/** A command line, understood or not. */
sealed interface Arguments {

    record Run(Options options) implements Arguments {}

    record Help() implements Arguments {}

    /**
     * @param problems all that is wrong, each with the option and its value
     */
    record Wrong(List<String> problems) implements Arguments {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /** The options, each with what follows it. */
    enum Option {
        SERVE("--serve", "", "keep running for redis-cli until told to stop"),
        PORT("--port", "N", "listen there; 0 takes any free port (7379)"),
        DATA("--data", "DIR", "keep the logs there (a temporary directory; kv-data with --serve)"),
        FSYNC("--fsync", "WHEN", "force logs to the disk always, everysec or never (everysec)"),
        SHARDS("--shards", "N", "spread the keys over so many processes, 1 to 256 (4)"),
        CHAOS(
                "--chaos",
                "RATE",
                "kill so many processes per second, 0 to 1000 (20; 0 with --serve)"),
        CHAOS_AT(
                "--chaos-at",
                "WHAT,...",
                "kill only shards, supervisors, connections, listener (all)"),
        SECONDS("--seconds", "N", "drive the server for so long, 1 to 86400 (20)"),
        CLIENTS("--clients", "N", "drive it with so many clients, 1 to 1000 (8)"),
        HELP("--help", "", "show this");

        final String flag;
        final String value;
        final String meaning;

        Option(String flag, String value, String meaning) {
            this.flag = flag;
            this.value = value;
            this.meaning = meaning;
        }

        boolean takesValue() {
            return !value.isEmpty();
        }
    }

    static Arguments parse(String... words) {
        return new ArgumentParser().parse(List.of(words));
    }

    /** What {@code --help} shows. */
    static List<String> help() {
        var lines =
                new ArrayList<>(
                        List.of(
                                "A server that speaks the Redis protocol and keeps serving while it"
                                        + " is being killed.",
                                "Without options it drives itself for 20 s, kills its own"
                                        + " processes, and checks every answer.",
                                ""));
        for (Option option : Option.values()) {
            lines.add("  %-20s %s".formatted(option.flag + " " + option.value, option.meaning));
        }
        return lines;
    }
}
