package io.coppice.examples.benchmarks;

import io.coppice.examples.benchmarks.peers.Contestant;
import io.coppice.examples.benchmarks.peers.Results;
import io.coppice.examples.benchmarks.programs.Score;
import io.coppice.examples.benchmarks.programs.Unit;
import io.coppice.examples.benchmarks.programs.Workloads;
import io.coppice.examples.benchmarks.report.ScalePlot;
import io.coppice.examples.benchmarks.report.Table;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Whether an operation costs the same among a million processes as among a thousand. */
final class Scale implements Measurement {

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
                    comparison.round(workload, results, Contestant.COPPICE, out);
                }
            }
        }
        var costs = costs(results);
        Output.print("scale.txt", out, text -> table(costs).print(text));
        Output.write("scale.svg", ScalePlot.of(costs));
        return true;
    }

    private static Map<String, Map<Integer, Double>> costs(Results results) {
        var costs = new LinkedHashMap<String, Map<Integer, Double>>();
        for (var workload : Workloads.SCALE) {
            results.spread(workload, Contestant.COPPICE, Score::nanosPerOperation)
                    .ifPresent(
                            spread ->
                                    costs.computeIfAbsent(
                                                    workload.name().split(" ", 2)[0],
                                                    any -> new TreeMap<>())
                                            .put(workload.size(), spread.median()));
        }
        return costs;
    }

    private static Table table(Map<String, Map<Integer, Double>> costs) {
        var table = new Table("ns for each", "processes", "median");
        costs.forEach(
                (kind, bySize) ->
                        bySize.forEach(
                                (size, nanos) ->
                                        table.row(
                                                kind,
                                                String.format("%,d", size),
                                                Unit.plain(nanos))));
        return table;
    }
}
