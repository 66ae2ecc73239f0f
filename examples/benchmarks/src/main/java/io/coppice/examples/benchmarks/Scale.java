package io.coppice.examples.benchmarks;

import io.coppice.examples.benchmarks.peers.Contestant;
import io.coppice.examples.benchmarks.peers.Results;
import io.coppice.examples.benchmarks.peers.Results.Spread;
import io.coppice.examples.benchmarks.programs.Score;
import io.coppice.examples.benchmarks.programs.Unit;
import io.coppice.examples.benchmarks.programs.Workload;
import io.coppice.examples.benchmarks.programs.Workloads;
import io.coppice.examples.benchmarks.report.ScalePlot;
import io.coppice.examples.benchmarks.report.Table;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether an operation costs the same among a million processes as among a thousand, and how much
 * dearer it gets among plain objects, which is taken for the memory's doing.
 */
final class Scale implements Measurement {

    private static final List<Contestant> BOTH = List.of(Contestant.COPPICE, Contestant.OBJECTS);

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String purpose() {
        return "what an operation costs among a thousand processes, and among a million";
    }

    @Override
    public Map<String, Double> defaults() {
        return Map.of("rounds", 3.0, "warm-up", 3.0, "seconds", 1.5, "largest", 1e6);
    }

    @Override
    public boolean run(Options options, PrintStream out) throws Exception {
        var results = new Results();
        var workloads =
                Workloads.SCALE.stream()
                        .filter(it -> it.size() <= options.count("largest"))
                        .toList();
        try (var comparison = Peers.comparison(options)) {
            for (int round = 1; round <= options.count("rounds"); round++) {
                for (var workload : workloads) {
                    comparison.round(workload, BOTH, results, out);
                }
            }
        }
        Output.print("scale.txt", out, text -> table(results).print(text));
        Output.write(
                "scale.svg",
                ScalePlot.of(
                        costs(results, Contestant.COPPICE), costs(results, Contestant.OBJECTS)));
        return true;
    }

    private static String kind(Workload workload) {
        return workload.name().split(" ", 2)[0];
    }

    private static Optional<Double> nanos(
            Results results, Workload workload, Contestant contestant) {
        return results.spread(workload, contestant, Score::nanosPerOperation).map(Spread::median);
    }

    private static Map<String, Map<Integer, Double>> costs(Results results, Contestant contestant) {
        var costs = new LinkedHashMap<String, Map<Integer, Double>>();
        for (var workload : Workloads.SCALE) {
            nanos(results, workload, contestant)
                    .ifPresent(
                            median ->
                                    costs.computeIfAbsent(kind(workload), any -> new TreeMap<>())
                                            .put(workload.size(), median));
        }
        return costs;
    }

    private static Table table(Results results) {
        var table = new Table("ns for each", "processes", "Coppice", "plain objects", "times");
        for (var workload : Workloads.SCALE) {
            var ours = nanos(results, workload, Contestant.COPPICE);
            var objects = nanos(results, workload, Contestant.OBJECTS);
            ours.ifPresent(
                    nanos ->
                            table.row(
                                    kind(workload),
                                    String.format("%,d", workload.size()),
                                    Unit.plain(nanos),
                                    objects.map(Unit::plain).orElse("-"),
                                    objects.map(it -> Unit.plain(nanos / it)).orElse("-")));
        }
        return table;
    }
}
