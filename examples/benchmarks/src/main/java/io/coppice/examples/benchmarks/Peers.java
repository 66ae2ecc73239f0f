package io.coppice.examples.benchmarks;

import io.coppice.examples.benchmarks.peers.Catalogue;
import io.coppice.examples.benchmarks.peers.Comparison;
import io.coppice.examples.benchmarks.peers.Contestant;
import io.coppice.examples.benchmarks.peers.Results;
import io.coppice.examples.benchmarks.programs.Workload;
import io.coppice.examples.benchmarks.report.Report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** How fast we are, beside Apache Pekko, plain virtual threads and Erlang/OTP. */
final class Peers implements Measurement {

    private static final String SCORES = "scores.txt";

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public String purpose() {
        return "the same programs on Coppice, Pekko, virtual threads and Erlang, in turns";
    }

    @Override
    public Map<String, Double> defaults() {
        return Map.of(
                "rounds", 5.0, "warm-up", 3.0, "seconds", 1.5, "set", 0.0, "program", 0.0, "keep",
                0.0);
    }

    @Override
    public boolean run(Options options, PrintStream out) throws Exception {
        var results = new Results();
        if (options.count("keep") > 0 && Files.exists(Output.file(SCORES))) {
            results.read(Files.readAllLines(Output.file(SCORES)));
        }
        try (var comparison = comparison(options)) {
            comparison.introduce(out);
            for (int round = 1; round <= options.count("rounds"); round++) {
                out.printf("round %d of %d%n", round, options.count("rounds"));
                for (var workload : chosen(options)) {
                    out.print(Catalogue.ALL.indexOf(workload) + 1 + " ");
                    comparison.round(workload, List.of(Contestant.values()), results, out);
                    Output.write(SCORES, results.lines());
                }
            }
        }
        print(results, out);
        return true;
    }

    static Comparison comparison(Options options) throws IOException, InterruptedException {
        return new Comparison(
                options.seconds("warm-up").toNanos() / 1e9,
                options.seconds("seconds").toNanos() / 1e9);
    }

    private static List<Workload> chosen(Options options) {
        int program = options.count("program");
        int set = options.count("set");
        return program > 0
                ? List.of(Catalogue.ALL.get(program - 1))
                : set > 0 ? Catalogue.SETS.get(set - 1) : Catalogue.ALL;
    }

    private static void print(Results results, PrintStream out) throws IOException {
        var report = new Report(results);
        out.println();
        Output.print(
                "peers.txt",
                out,
                text -> {
                    report.printScores(Catalogue.ALL, text);
                    text.println();
                    report.printTargets(text);
                });
        Output.write("peers.svg", report.plot());
        Output.write("targets.md", report.targetsInMarkdown());
    }
}
