package io.coppice.examples.benchmarks.peers;

import io.coppice.examples.benchmarks.programs.Family;
import io.coppice.examples.benchmarks.programs.Score;
import io.coppice.examples.benchmarks.programs.Workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The scores of all rounds. */
public final class Results {

    /** Lowest, median and highest. */
    public record Spread(double lowest, double median, double highest) {}

    private final Map<String, Map<Contestant, List<Score>>> scores = new LinkedHashMap<>();

    void add(Workload workload, Contestant contestant, Score score) {
        scores.computeIfAbsent(workload.name(), any -> new EnumMap<>(Contestant.class))
                .computeIfAbsent(contestant, any -> new ArrayList<>())
                .add(score);
    }

    /** What can be read by {@link #read}: a line for each score. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        scores.forEach(
                (workload, all) ->
                        all.forEach(
                                (contestant, list) ->
                                        list.forEach(
                                                score ->
                                                        lines.add(
                                                                workload
                                                                        + " "
                                                                        + contestant.name()
                                                                        + " "
                                                                        + score))));
        return lines;
    }

    /**
     * Adds what {@link #lines} has written.
     *
     * @throws IllegalArgumentException if it has not
     */
    public void read(List<String> lines) {
        for (var line : lines) {
            var words = line.split(" ", 3);
            if (words.length != 3) {
                throw new IllegalArgumentException("no score: " + line);
            }
            add(Catalogue.named(words[0]), Contestant.valueOf(words[1]), Score.parse(words[2]));
        }
    }

    public boolean has(Workload workload) {
        return scores.containsKey(workload.name());
    }

    /** How often {@code contestant} has run {@code workload}. */
    int rounds(Workload workload, Contestant contestant) {
        return scores.getOrDefault(workload.name(), Map.of())
                .getOrDefault(contestant, List.of())
                .size();
    }

    /** What {@code figure} was, if it was measured at all. */
    public Optional<Spread> spread(
            Workload workload, Contestant contestant, ToDoubleFunction<Score> figure) {
        var sorted =
                scores
                        .getOrDefault(workload.name(), Map.of())
                        .getOrDefault(contestant, List.of())
                        .stream()
                        .mapToDouble(figure)
                        .sorted()
                        .toArray();
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(new Spread(sorted[0], median(sorted), sorted[sorted.length - 1]));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median of the outcome of {@code workload}. */
    public Optional<Double> outcome(Workload workload, Contestant contestant) {
        return spread(workload, contestant, workload.unit()::of).map(Spread::median);
    }

    /** The contestant of {@code families} with the best median. */
    public Optional<Contestant> best(Workload workload, Set<Family> families) {
        Comparator<Contestant> byOutcome =
                Comparator.comparing(it -> outcome(workload, it).orElseThrow());
        return scores.getOrDefault(workload.name(), Map.of()).keySet().stream()
                .filter(it -> families.contains(it.family))
                .max(workload.unit().isGain ? byOutcome : byOutcome.reversed());
    }

    /** How many times better we do, as we come, than the best of {@code families}. */
    public Optional<Double> ratio(Workload workload, Set<Family> families) {
        return best(workload, families)
                .flatMap(peer -> outcome(workload, peer))
                .flatMap(
                        theirs ->
                                outcome(workload, Contestant.COPPICE)
                                        .map(
                                                ours ->
                                                        workload.unit().isGain
                                                                ? ours / theirs
                                                                : theirs / ours));
    }
}
