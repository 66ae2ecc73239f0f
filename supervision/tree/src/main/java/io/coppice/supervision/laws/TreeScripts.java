package io.coppice.supervision.laws;

import io.coppice.process.ExitReason;
import io.coppice.supervision.Restart;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.laws.TreeScript.Init;
import io.coppice.supervision.laws.TreeScript.Move;
import io.coppice.supervision.laws.TreeScript.Part;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** Tree scripts for property tests. They shrink to fewer children, moves and failures. */
public final class TreeScripts {

    /** Longer than any script takes. */
    private static final Duration LONG = Duration.ofSeconds(1_000);

    private static final List<String> IDS = List.of("a", "b", "c", "d");
    private static final int MOST_MOVES = 8;
    private static final int MOST_RESTARTS = 3;

    private TreeScripts() {}

    /** Two to four children end, one after the other, and every init succeeds. */
    public static Arbitrary<TreeScript> ends() {
        return scripts(Arbitraries.just(List.of()), end().list().ofMaxSize(MOST_MOVES));
    }

    /** Children end, the supervisor is asked for things, and inits fail or ask to be ignored. */
    public static Arbitrary<TreeScript> anything() {
        var id = Arbitraries.of(IDS);
        Arbitrary<Move> request =
                Arbitraries.oneOf(
                        id.map(Move.Terminate::new),
                        id.map(Move.Restart::new),
                        id.map(Move.Delete::new));
        var move = Arbitraries.frequencyOf(Tuple.of(2, end()), Tuple.of(1, request));
        return scripts(inits(20), move.list().ofMaxSize(MOST_MOVES));
    }

    /** At most one child fails to start. */
    public static Arbitrary<TreeScript> starts() {
        return scripts(inits(3), end().list().ofMaxSize(1));
    }

    /** Two children at most end, each of another id. */
    public static Arbitrary<TreeScript> endsAtOnce() {
        var two = end().list().ofMinSize(1).ofMaxSize(2).map(TreeScripts::withoutTwice);
        return scripts(inits(20), two);
    }

    private static List<Move> withoutTwice(List<Move> ends) {
        var seen = new HashSet<String>();
        return ends.stream().filter(move -> seen.add(((Move.End) move).id())).toList();
    }

    private static Arbitrary<TreeScript> scripts(
            Arbitrary<List<Init>> inits, Arbitrary<List<Move>> moves) {
        var kinds =
                Combinators.combine(Arbitraries.of(Restart.class), inits)
                        .as((restart, tries) -> new Part("?", restart, tries));
        return Combinators.combine(
                        Arbitraries.of(Strategy.class),
                        Arbitraries.integers().between(0, MOST_RESTARTS),
                        kinds.list().ofMinSize(2).ofMaxSize(IDS.size()),
                        moves)
                .as(
                        (strategy, intensity, parts, does) ->
                                new TreeScript(strategy, intensity, LONG, named(parts), does));
    }

    private static List<Part> named(List<Part> parts) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> new Part(IDS.get(i), parts.get(i).restart(), parts.get(i).inits()))
                .toList();
    }

    /** What attempts do: the first fails once in {@code rarity} times, later ones often. */
    private static Arbitrary<List<Init>> inits(int rarity) {
        var first =
                Arbitraries.frequency(
                        Tuple.of(2 * rarity - 3, Init.OK),
                        Tuple.of(2, Init.FAIL),
                        Tuple.of(1, Init.IGNORE));
        var later =
                Arbitraries.frequency(
                        Tuple.of(4, Init.OK), Tuple.of(4, Init.FAIL), Tuple.of(1, Init.IGNORE));
        return Combinators.combine(first, later.list().ofMaxSize(6))
                .as(
                        (one, more) ->
                                IntStream.rangeClosed(0, more.size())
                                        .mapToObj(i -> i == 0 ? one : more.get(i - 1))
                                        .toList());
    }

    private static Arbitrary<Move> end() {
        return Combinators.combine(Arbitraries.of(IDS), reasons()).as(Move.End::new);
    }

    private static Arbitrary<ExitReason> reasons() {
        return Arbitraries.frequency(
                Tuple.of(3, ExitReason.custom("boom")),
                Tuple.of(1, ExitReason.NORMAL),
                Tuple.of(1, ExitReason.KILLED));
    }
}
