package io.coppice.examples.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs the measurement that the first argument names; {@code list} tells which there are. */
public final class Main {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final List<Measurement> ALL =
            List.of(
                    new KillLatency(),
                    new BlockedWorkers(),
                    new Soak(),
                    new Peers(),
                    new Scale(),
                    new Profile(),
                    new Parts());

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(System.out, arguments));
    }

    /**
     * @return the exit code: 0 if all went well, 1 if something does not hold, 2 if the arguments
     *     make no sense
     */
    static int run(PrintStream out, String... arguments) throws Exception {
        var words = Arrays.asList(arguments);
        if (words.isEmpty() || words.getFirst().equals("list")) {
            list(out);
            return OK;
        }
        for (var measurement : ALL) {
            if (measurement.name().equals(words.getFirst())) {
                return run(measurement, words.subList(1, words.size()), out);
            }
        }
        out.println("no measurement: " + words.getFirst());
        list(out);
        return MISUSED;
    }

    private static int run(Measurement measurement, List<String> words, PrintStream out)
            throws Exception {
        Options options;
        try {
            options = Options.parse(words, measurement.defaults());
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
            return MISUSED;
        }
        out.printf(
                "%s (%s), Java %s, %d processors%n%n",
                measurement.name(),
                inWords(options.values()),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        return measurement.run(options, out) ? OK : FAILED;
    }

    private static void list(PrintStream out) {
        for (var measurement : ALL) {
            out.printf("%-16s %s%n", measurement.name(), measurement.purpose());
            out.printf("%-16s %s%n", "", inWords(measurement.defaults()));
        }
    }

    private static String inWords(Map<String, Double> options) {
        return new TreeMap<>(options)
                .entrySet().stream()
                        .map(option -> "--" + option.getKey() + " " + plain(option.getValue()))
                        .collect(Collectors.joining(" "));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
