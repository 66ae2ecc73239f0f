package io.coppice.examples.benchmarks.report;

import io.coppice.examples.benchmarks.peers.Contestant;
import io.coppice.examples.benchmarks.peers.Results;
import io.coppice.examples.benchmarks.peers.Results.Spread;
import io.coppice.examples.benchmarks.programs.Score;
import io.coppice.examples.benchmarks.programs.Unit;
import io.coppice.examples.benchmarks.programs.Workload;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What was measured, in two tables. */
public final class Report {

    private static final String UNKNOWN = "-";

    private final Results results;

    public Report(Results results) {
        this.results = results;
    }

    /** Each contestant at each workload: spread, and what it costs besides. */
    public void printScores(List<Workload> workloads, PrintStream out) {
        var table =
                new Table(
                        "workload",
                        "on",
                        "unit",
                        "median",
                        "lowest",
                        "highest",
                        "Coppice is",
                        "CPU ns/op",
                        "bytes/op",
                        "p99 us");
        for (var workload : workloads) {
            for (var contestant : Contestant.values()) {
                results.spread(workload, contestant, workload.unit()::of)
                        .ifPresent(spread -> row(table, workload, contestant, spread));
            }
        }
        table.print(out);
    }

    private void row(Table table, Workload workload, Contestant contestant, Spread spread) {
        table.row(
                workload.name(),
                contestant.words,
                workload.unit().words,
                Unit.plain(spread.median()),
                Unit.plain(spread.lowest()),
                Unit.plain(spread.highest()),
                ratio(workload, spread.median()),
                median(workload, contestant, Score::cpuPerOperation),
                median(workload, contestant, Score::bytesPerOperation),
                median(workload, contestant, score -> score.p99Nanos() / 1e3));
    }

    private String ratio(Workload workload, double theirs) {
        return results.outcome(workload, Contestant.COPPICE)
                .map(ours -> workload.unit().isGain ? ours / theirs : theirs / ours)
                .map(it -> Unit.plain(it) + "x")
                .orElse(UNKNOWN);
    }

    private String median(
            Workload workload, Contestant contestant, ToDoubleFunction<Score> figure) {
        return Optional.of(workload)
                .filter(it -> !it.isOnce())
                .flatMap(it -> results.spread(it, contestant, figure))
                .map(Spread::median)
                .filter(it -> it > 0)
                .map(Unit::plain)
                .orElse(UNKNOWN);
    }

    /** Each target, and how far we have come. */
    public void printTargets(PrintStream out) {
        var table = new Table("", "target", "reached", "gate", "stretch", "met", "beside");
        for (var target : Targets.ALL) {
            var found = target.measured().apply(results);
            table.row(
                    target.id(),
                    target.what(),
                    found.map(it -> target.plain(it.figure())).orElse(UNKNOWN),
                    target.plain(target.gate()),
                    target.plain(target.stretch()),
                    target.met(results).words,
                    found.map(Target.Found::remark).orElse(""));
        }
        table.print(out);
    }

    /** The same, as it stands in the documents. */
    public String targetsInMarkdown() {
        var text = new StringBuilder();
        for (var target : Targets.ALL) {
            var found = target.measured().apply(results);
            text.append(
                    String.format(
                            "%s %s | %s | %s |%n",
                            promise(target),
                            found.map(it -> target.plain(it.figure())).orElse(UNKNOWN),
                            target.met(results).words,
                            found.map(Target.Found::remark).orElse("")));
        }
        return text.toString();
    }

    /** The part of its row that stands in the documents before anything is measured. */
    static String promise(Target target) {
        return String.format(
                "| %s | %s | %s | %s |",
                target.id(),
                target.what(),
                target.plain(target.gate()),
                target.plain(target.stretch()));
    }

    /** The targets that were measured, as a plot. */
    public String plot() {
        return RatioPlot.of(Targets.ALL, results);
    }
}
