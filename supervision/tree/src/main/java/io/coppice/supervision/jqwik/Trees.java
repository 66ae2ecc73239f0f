package io.coppice.supervision.jqwik;

import static java.util.Objects.requireNonNull;

import io.coppice.process.ExitReason;
import io.coppice.supervision.AutoShutdown;
import io.coppice.supervision.Child;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.Restart;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.Supervisor;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Trees, and what their processes die of, for property tests. What fails shrinks to fewer deaths,
 * to fewer and shallower branches, and to {@link Strategy#ONE_FOR_ONE} and {@link
 * Restart#PERMANENT}.
 *
 * <p>The factories of workers are the caller's: they are given ids that are unique in the tree.
 */
public final class Trees {

    /** How many children a supervisor has at most. */
    private static final int MOST_CHILDREN = 5;

    private static final int MOST_IN_DEEP = 3;

    private Trees() {}

    /**
     * Somebody is to die.
     *
     * @param path from the root, as in {@code top/b/c}; never the root itself
     * @param reason with which, or {@code Killed} for a kill
     */
    public record Death(String path, ExitReason reason) {
        public Death {
            requireNonNull(path, "path");
            requireNonNull(reason, "reason");
        }

        @Override
        public String toString() {
            return path + " dies: " + reason;
        }
    }

    /**
     * A tree, and deaths of its processes in order.
     *
     * @param tree called {@code top}
     * @param deaths each of a process that the tree has when it is started
     */
    public record Plan(Supervisor tree, List<Death> deaths) {
        public Plan {
            requireNonNull(tree, "tree");
            deaths = List.copyOf(deaths);
        }

        /** The tree as it is drawn, and the deaths. */
        @Override
        public String toString() {
            return tree + "\n" + deaths;
        }
    }

    /** How processes die: of a crash most often. */
    public static Arbitrary<ExitReason> reasons() {
        return Arbitraries.frequency(
                Tuple.of(2, ExitReason.custom("boom")),
                Tuple.of(1, ExitReason.NORMAL),
                Tuple.of(1, ExitReason.SHUTDOWN),
                Tuple.of(1, ExitReason.KILLED));
    }

    /**
     * One supervisor called {@code top} with one to five workers {@code a}, {@code b} and so on, of
     * all restart types, some significant; its budget is 0 to 8 restarts in 1 to 3 seconds.
     *
     * @param worker makes a worker with this id; what is drawn is set on it
     */
    public static Arbitrary<Supervisor> flat(Function<String, ? extends Child<?>> worker) {
        var kinds = kinds().list().ofMinSize(1).ofMaxSize(MOST_CHILDREN);
        return Combinators.combine(
                        Arbitraries.of(Strategy.class),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(AutoShutdown.ANY_SIGNIFICANT, AutoShutdown.ALL_SIGNIFICANT),
                        kinds)
                .as(
                        (strategy, intensity, period, auto, drawn) ->
                                Supervisor.supervisor("top", strategy)
                                        .restarts(intensity, Duration.ofSeconds(period))
                                        .autoShutdown(auto)
                                        .children(workers(drawn, worker)));
    }

    private static ChildSpec<?>[] workers(
            List<Kind> kinds, Function<String, ? extends Child<?>> worker) {
        var ids = new Ids();
        return kinds.stream()
                .map(kind -> kind.on(worker.apply(ids.next())))
                .toArray(ChildSpec<?>[]::new);
    }

    /**
     * A child of any restart type, some significant: what {@link #flat} has, for scripts that add
     * children.
     */
    public static <M> Arbitrary<Child<M>> child(String id, Function<String, Child<M>> worker) {
        return kinds().map(kind -> kind.on(worker.apply(id)));
    }

    private record Kind(Restart restart, boolean isSignificant) {
        <M> Child<M> on(Child<M> child) {
            var of = child.restart(restart);
            return isSignificant && restart != Restart.PERMANENT ? of.significant() : of;
        }
    }

    private static Arbitrary<Kind> kinds() {
        return Combinators.combine(
                        Arbitraries.of(Restart.class), Arbitraries.of(false, false, false, true))
                .as(Kind::new);
    }

    /**
     * Supervisors below supervisors, the root called {@code top}, with workers and supervisors of
     * all restart types, and budgets that no test spends. None is significant.
     *
     * @param depth how many supervisors are above a worker at most: 1 or more
     * @param worker makes a worker with this id; what is drawn is set on it
     */
    public static Arbitrary<Supervisor> nested(
            int depth, Function<String, ? extends Child<?>> worker) {
        if (depth < 1) {
            throw new IllegalArgumentException("depth: " + depth + ", must be 1 or more");
        }
        return branch(depth).map(branch -> branch.supervisor("top", new Ids(), worker));
    }

    /** What a tree is made of, before anything has an id. */
    private record Branch(Restart restart, Strategy strategy, List<Branch> below, boolean isLeaf) {

        Supervisor supervisor(String id, Ids ids, Function<String, ? extends Child<?>> worker) {
            return Supervisor.supervisor(id, strategy)
                    .restarts(1_000, Duration.ofSeconds(1))
                    .restart(restart)
                    .children(
                            below.stream()
                                    .map(it -> it.spec(ids, worker))
                                    .toArray(ChildSpec<?>[]::new));
        }

        private ChildSpec<?> spec(Ids ids, Function<String, ? extends Child<?>> worker) {
            var id = ids.next();
            return isLeaf ? worker.apply(id).restart(restart) : supervisor(id, ids, worker);
        }
    }

    private static Arbitrary<Branch> leaf() {
        return Arbitraries.of(Restart.class)
                .map(restart -> new Branch(restart, Strategy.ONE_FOR_ONE, List.of(), true));
    }

    private static Arbitrary<Branch> branch(int depth) {
        var below =
                depth == 1
                        ? leaf()
                        : Arbitraries.frequencyOf(
                                Tuple.of(2, leaf()), Tuple.of(1, branch(depth - 1)));
        return Combinators.combine(
                        Arbitraries.of(Restart.class),
                        Arbitraries.of(Strategy.class),
                        below.list().ofMinSize(1).ofMaxSize(MOST_IN_DEEP))
                .as((restart, strategy, list) -> new Branch(restart, strategy, list, false));
    }

    /** {@code a}, {@code b}, ..., {@code z}, {@code a1} and so on. */
    private static final class Ids {
        private int made;

        String next() {
            var letter = String.valueOf((char) ('a' + made % 26));
            int round = made++ / 26;
            return round == 0 ? letter : letter + round;
        }
    }

    /**
     * Trees as {@code trees} makes them, each with deaths of its processes.
     *
     * @param most how many deaths at most: 0 or more
     */
    public static Arbitrary<Plan> withDeaths(Arbitrary<Supervisor> trees, int most) {
        var picks =
                Combinators.combine(Arbitraries.integers().between(0, 999), reasons())
                        .as(Pick::new)
                        .list()
                        .ofMaxSize(most);
        return Combinators.combine(trees, picks).as(Trees::plan);
    }

    /** A death of some process of a tree that is not known yet; so both shrink on their own. */
    private record Pick(int place, ExitReason reason) {
        Death of(List<String> paths) {
            return new Death(paths.get(place % paths.size()), reason);
        }
    }

    private static Plan plan(Supervisor tree, List<Pick> picks) {
        var paths = paths(tree);
        return new Plan(tree, picks.stream().map(pick -> pick.of(paths)).toList());
    }

    /** The paths of all below {@code tree}, in start order; for deaths of one's own making. */
    public static List<String> paths(Supervisor tree) {
        var paths = new ArrayList<String>();
        below(tree, tree.id()).forEach(paths::add);
        return List.copyOf(paths);
    }

    private static Stream<String> below(Supervisor tree, String path) {
        return tree.children().stream()
                .flatMap(
                        child -> {
                            var own = path + "/" + child.id();
                            return child instanceof Supervisor inner
                                    ? Stream.concat(Stream.of(own), below(inner, own))
                                    : Stream.of(own);
                        });
    }
}
