package io.coppice.examples.benchmarks.report;

import static io.coppice.examples.benchmarks.programs.Family.COPPICE;
import static io.coppice.examples.benchmarks.programs.Family.ERLANG;
import static io.coppice.examples.benchmarks.programs.Family.OBJECTS;
import static io.coppice.examples.benchmarks.programs.Family.PEKKO;
import static io.coppice.examples.benchmarks.programs.Family.VIRTUAL_THREADS;

import io.coppice.examples.benchmarks.peers.Catalogue;
import io.coppice.examples.benchmarks.peers.Contestant;
import io.coppice.examples.benchmarks.peers.Results;
import io.coppice.examples.benchmarks.programs.Family;
import io.coppice.examples.benchmarks.programs.Score;
import io.coppice.examples.benchmarks.programs.Unit;
import io.coppice.examples.benchmarks.programs.Workload;
import io.coppice.examples.benchmarks.programs.Workloads;
import io.coppice.examples.benchmarks.report.Target.Found;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What we want to reach, line by line: our defaults beside the best configuration of each peer. */
final class Targets {

    private static final Set<Family> PEERS = EnumSet.complementOf(EnumSet.of(COPPICE, OBJECTS));

    /** What a difference may be that nobody can tell from none. */
    private static final double SAME = 1.5;

    static final List<Target> ALL =
            List.of(
                    worst("all", "every workload : best peer", 1, 1, Catalogue.ALL, PEERS),
                    beside("P1", "pingpong1", 3, 5, PEKKO),
                    beside("P1", "pingpong64", 3, 4, PEKKO),
                    beside("P1", "ring503", 2.5, 5, PEKKO),
                    beside("P2", "fanin8", 1, 2.5, PEKKO),
                    beside("P2", "fanin8ack", 1.5, 3, PEKKO),
                    beside("P3", "big256", 1.7, 3, PEKKO),
                    beside("P3", "chameneos100", 1.2, 3.5, PEKKO),
                    beside("P3", "fjthrput60", 1.2, 2.4, PEKKO),
                    worst("P4", "messages : Erlang", 4, 15, Workloads.MESSAGES, Set.of(ERLANG)),
                    worst(
                            "P4",
                            "messages : virtual threads",
                            1.1,
                            5,
                            Workloads.MESSAGES,
                            Set.of(VIRTUAL_THREADS)),
                    beside("P5", "spawnstop", 12, 18, PEKKO),
                    beside("P5", "spawnstop", 1.7, 5, VIRTUAL_THREADS),
                    best("P6", "chain-100k", 15, 25),
                    best("P6", "chain-1m", 15, 25),
                    Target.ratio(
                            "P6", "hop, 10^3 : 10^6 processes", 1 / SAME, 1, Targets::flatness),
                    best("P7", "star-100k", 3, 6),
                    best("P7", "monitors-100k", 12, 20),
                    beside("P8", "restarts-trace", 3, 4.5, PEKKO),
                    beside("P8", "restarts", 8, 14, PEKKO),
                    beside("P8", "restarts", 12, 22, ERLANG),
                    best("P9", "family-start", 5, 20),
                    best("P9", "family-stop", 12, 28),
                    beside("P10", "call-idle", 5, 10, ERLANG),
                    beside("P10", "call-idle", 20, 40, PEKKO),
                    beside("P10", "call-busy", 1.5, 3, PEKKO),
                    weight("idle", 160, 100),
                    weight("idle-compact", 120, 80),
                    weight("idle-supervised", 200, 130),
                    weight("idle-supervised-compact", 160, 100),
                    weight("idle-program", 900, 750),
                    Target.limit(
                            "P12", "CPU of a message, floors", "floors", 3, 2, Targets::floors),
                    Target.ratio("P13", "listened to : not", 0.95, 0.97, Targets::listened),
                    waits("P14", "wait-slot", 10, 1),
                    waits("P15", "wait-blocked", 20, 5),
                    Target.ratio("P15", "kept while blocked", 0.90, 0.97, Targets::kept));

    private Targets() {}

    private static Target beside(
            String id, String workload, double gate, double stretch, Family... families) {
        var it = Catalogue.named(workload);
        var peers = Set.of(families);
        var what = workload + " : " + (peers.size() == 1 ? words(families[0]) : "best peer");
        return Target.ratio(id, what, gate, stretch, results -> found(results, it, peers));
    }

    private static Target best(String id, String workload, double gate, double stretch) {
        return beside(id, workload, gate, stretch, PEERS.toArray(Family[]::new));
    }

    private static String words(Family family) {
        return switch (family) {
            case COPPICE -> "Coppice";
            case PEKKO -> "Pekko";
            case VIRTUAL_THREADS -> "virtual threads";
            case ERLANG -> "Erlang";
            case OBJECTS -> "plain objects";
        };
    }

    private static Optional<Found> found(Results results, Workload workload, Set<Family> peers) {
        return results.ratio(workload, peers)
                .map(ratio -> new Found(ratio, peer(results, workload, peers)));
    }

    private static String peer(Results results, Workload workload, Set<Family> peers) {
        return results.best(workload, peers).map(it -> it.words).orElse("");
    }

    private static Target worst(
            String id,
            String what,
            double gate,
            double stretch,
            List<Workload> workloads,
            Set<Family> peers) {
        return Target.ratio(id, what, gate, stretch, results -> worst(results, workloads, peers));
    }

    private static Optional<Found> worst(
            Results results, List<Workload> workloads, Set<Family> peers) {
        return workloads.stream()
                .flatMap(
                        it ->
                                results
                                        .ratio(it, peers)
                                        .map(
                                                ratio ->
                                                        new Found(
                                                                ratio,
                                                                "worst: "
                                                                        + it.name()
                                                                        + ", "
                                                                        + peer(results, it, peers)))
                                        .stream())
                .min(Comparator.comparingDouble(Found::figure));
    }

    private static Target weight(String workload, double gate, double stretch) {
        return Target.limit("P11", workload, "B", gate, stretch, ours(workload, Unit.BYTES::of));
    }

    private static Target waits(String id, String workload, double gate, double stretch) {
        return Target.limit(
                id,
                workload + " at p99",
                "ms",
                gate,
                stretch,
                ours(workload, score -> score.p99Nanos() / 1e6));
    }

    private static Function<Results, Optional<Found>> ours(
            String workload, ToDoubleFunction<Score> figure) {
        return results -> median(results, workload, figure).map(it -> new Found(it, ""));
    }

    private static Optional<Double> median(
            Results results, String workload, ToDoubleFunction<Score> figure) {
        return results.spread(Catalogue.named(workload), Contestant.COPPICE, figure)
                .map(Results.Spread::median);
    }

    private static Optional<Found> quotient(Optional<Double> above, Optional<Double> below) {
        return above.flatMap(a -> below.map(b -> new Found(a / b, "")));
    }

    private static Optional<Found> flatness(Results results) {
        return quotient(
                median(results, "chain-1k", Score::nanosPerOperation),
                median(results, "chain-1m", Score::nanosPerOperation));
    }

    private static Optional<Found> floors(Results results) {
        return quotient(
                median(results, "pingpong1", Score::cpuPerOperation),
                median(results, "floor", Score::cpuPerOperation));
    }

    private static Optional<Found> kept(Results results) {
        return quotient(
                median(results, "blocked8", Score::millions),
                median(results, "free8", Score::millions));
    }

    /** The median over all message workloads, for one alone says little about so small a thing. */
    private static Optional<Found> listened(Results results) {
        var ratios =
                Workloads.MESSAGES.stream()
                        .flatMap(
                                it ->
                                        quotient(
                                                results.outcome(it, Contestant.COPPICE_SEEN),
                                                results.outcome(it, Contestant.COPPICE))
                                                .stream())
                        .mapToDouble(Found::figure)
                        .sorted()
                        .toArray();
        return ratios.length == 0
                ? Optional.empty()
                : Optional.of(new Found(ratios[ratios.length / 2], "median of messages"));
    }
}
