package io.coppice.examples.benchmarks.peers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lets every contestant run every program, in turns, each time in a JVM of its own. */
public final class Comparison {

    private static final long PATIENCE_SECONDS = 120;

    private final double warmUp;
    private final double seconds;
    private final Map<Program, Map<Contestant, List<Score>>> scores = new EnumMap<>(Program.class);

    /**
     * @param warmUp in seconds
     * @param seconds how long is measured after that
     */
    public Comparison(double warmUp, double seconds) {
        this.warmUp = warmUp;
        this.seconds = seconds;
    }

    /**
     * Runs {@code rounds}, and prints a table after each.
     *
     * @param program the place of the only program to run, from 1, or 0 for all
     */
    public void run(int rounds, int program, PrintStream out) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            for (var each : Program.values()) {
                if (program == 0 || each.ordinal() == program - 1) {
                    runAll(each);
                    out.printf("round %d of %d: %s%n", round, rounds, line(each));
                }
            }
        }
        out.println();
        print(out);
    }

    private void runAll(Program program) throws Exception {
        for (var contestant : Contestant.values()) {
            scores.computeIfAbsent(program, any -> new EnumMap<>(Contestant.class))
                    .computeIfAbsent(contestant, any -> new ArrayList<>())
                    .add(fork(contestant, program));
        }
    }

    private Score fork(Contestant contestant, Program program) throws Exception {
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx4g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fork.class.getName(),
                        contestant.name(),
                        program.name(),
                        Double.toString(warmUp),
                        Double.toString(seconds));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var lines = process.inputReader()) {
            var score = lines.lines().filter(it -> it.startsWith("score ")).findFirst();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || score.isEmpty()) {
                throw new IOException(contestant + " did not finish " + program);
            }
            return Score.parse(score.get());
        } finally {
            process.destroyForcibly();
        }
    }

    private String line(Program program) {
        var line = new StringBuilder(program.name().toLowerCase(java.util.Locale.ROOT));
        scores.getOrDefault(program, Map.of())
                .forEach(
                        (contestant, all) ->
                                line.append(
                                        String.format(
                                                ", %s %.2f",
                                                contestant.words, all.getLast().millions())));
        return line.toString();
    }

    private void print(PrintStream out) {
        out.printf("millions a second, median (lowest to highest), CPU ns an operation%n%n");
        var head = new StringBuilder(String.format("%-14s", "program"));
        Arrays.stream(Contestant.values())
                .forEach(it -> head.append(String.format("%30s", it.words)));
        out.println(head.append("   best of ours : best peer"));
        scores.forEach((program, all) -> out.println(row(program, all)));
    }

    private static String row(Program program, Map<Contestant, List<Score>> all) {
        var row =
                new StringBuilder(
                        String.format("%-14s", program.name().toLowerCase(java.util.Locale.ROOT)));
        double ours = 0;
        double peers = 0;
        for (var contestant : Contestant.values()) {
            var sorted =
                    all.getOrDefault(contestant, List.of()).stream()
                            .mapToDouble(Score::millions)
                            .sorted()
                            .toArray();
            var cpu =
                    all.getOrDefault(contestant, List.of()).stream()
                            .mapToDouble(Score::cpuPerOperation)
                            .sorted()
                            .toArray();
            double median = sorted[sorted.length / 2];
            row.append(
                    String.format(
                            "%30s",
                            String.format(
                                    "%.2f (%.2f to %.2f) %.0f",
                                    median,
                                    sorted[0],
                                    sorted[sorted.length - 1],
                                    cpu[cpu.length / 2])));
            if (contestant == Contestant.COPPICE) {
                ours = median;
            } else if (!contestant.isOurs()) {
                peers = Math.max(peers, median);
            }
        }
        return row.append(String.format("   %.2f", ours / peers)).toString();
    }
}
