package io.coppice.supervision.laws;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was seen of one performance of a {@link TreeScript}: lines {@code start a#1} (the first
 * attempt to start {@code a}), {@code exit a#1 reason}, {@code started} (the supervisor) and {@code
 * end reason} (of the supervisor).
 *
 * @param start of the start
 * @param moves of each move, as far as the supervisor lived to see them
 * @param survivors the ids of those who live when the supervisor has ended
 */
public record TreeTrace(List<String> start, List<List<String>> moves, List<String> survivors) {

    public TreeTrace {
        start = List.copyOf(start);
        moves = moves.stream().map(List::copyOf).toList();
        survivors = List.copyOf(survivors);
    }

    /** Everything in order, but for the survivors. */
    public List<String> lines() {
        return Stream.concat(start.stream(), moves.stream().flatMap(List::stream)).toList();
    }

    @Override
    public String toString() {
        var segments = Stream.concat(Stream.of(start), moves.stream());
        return segments.map(segment -> String.join("\n", segment))
                .collect(Collectors.joining("\n---\n", "", "\nsurvivors: " + survivors + "\n"));
    }
}
