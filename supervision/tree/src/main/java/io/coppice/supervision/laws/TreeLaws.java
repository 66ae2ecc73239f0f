package io.coppice.supervision.laws;

import io.coppice.supervision.Supervisor;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Faults.KillAt;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Search;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.Trace;
import io.coppice.testkit.laws.LawBroken;
import io.coppice.testkit.laws.SimulatedLaws;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The laws of a tree of your own, whoever of it is killed, and whenever:
 *
 * <ul>
 *   <li>those are started again, and nobody else, whom restart types and strategies name;
 *   <li>all others run on, unless the kills may have spent a budget;
 *   <li>names belong to those who run, nobody is left over, and nobody outlives the root;
 *   <li>it stops in reverse order, and no message is without a fate.
 * </ul>
 *
 * <p>A class of a few lines holds your tree to them, in simulations:
 *
 * <pre>{@code
 * class ShopLawsTest extends TreeLaws {
 *     @Override protected Run run(Simulation simulation) { return Shop::tree; }
 * }
 * }</pre>
 *
 * <p>Each process is killed at rest; at every step of a run; and up to three are at moments chosen
 * by lot under schedules chosen by lot, as often as {@code jqwik.tries.default} says. What breaks a
 * law is shown with the fewest kills found, the smallest schedule, as a diagram, and a test that
 * repeats it. A kill meets the youngest process of its label, so two children with one id or name
 * are taken for one.
 */
@StatisticsReport(onFailureOnly = true)
public abstract class TreeLaws {

    private static final int SCHEDULES = 5;
    private static final int MOST_KILLS = 3;

    /** For the class that says which tree. */
    protected TreeLaws() {}

    /** One run of an application. */
    @FunctionalInterface
    public interface Run {

        /** The tree, which is started as the root of the node. */
        Supervisor tree();

        /** What is done with it while processes are killed; by default nothing. */
        default void use() {}

        /**
         * Asserts what else must hold, when nobody is killed any more and all is at rest; by
         * default nothing. Called if the tree has ended, too, though not if it has never started.
         */
        default void check() {}

        /**
         * How many processes there are outside of the tree while that runs: those that this run has
         * started, or that processes of the tree have, but for children of supervisors. By default
         * 0. With the root, its node ends, and they with it.
         */
        default int outsiders() {
            return 0;
        }

        /** The paths of children that need not run, as their init asks to be ignored. */
        default Set<String> ignored() {
            return Set.of();
        }
    }

    /** A run in {@code simulation}, with state of its own. */
    protected abstract Run run(Simulation simulation);

    /**
     * Kills the process at {@code path}, as in {@code shop/orders/inbox}, when all is at rest.
     *
     * @throws LawBroken if a law is
     */
    protected final void killAtRest(String path, Simulation simulation) {
        new TreeInspection(run(simulation), simulation).killAtRest(path);
    }

    /**
     * Starts and uses the tree while {@code faults} strike: kills, and others of which nobody ends.
     *
     * @throws LawBroken if a law is
     */
    protected final void survive(Faults faults, Simulation simulation) {
        strike(faults, simulation);
    }

    /** Whether somebody was killed who ran. */
    private boolean strike(Faults faults, Simulation simulation) {
        simulation.faults(faults);
        return new TreeInspection(run(simulation), simulation).survive(faults);
    }

    // The laws

    /** What a run shows. */
    private interface Trial {

        /** Whether it was put to the test. */
        boolean play(Simulation simulation);
    }

    @Example
    void without_a_kill_all_run() {
        hold(
                simulation -> strike(Faults.none(), simulation),
                hunt -> hunt.withSchedules(SCHEDULES),
                "survive(Faults.none(), simulation)");
    }

    @Example
    void who_is_killed_at_rest_is_started_again_with_those_whom_the_strategies_name() {
        for (var path : paths()) {
            hold(
                    simulation -> {
                        killAtRest(path, simulation);
                        return true;
                    },
                    hunt -> hunt.withSchedules(SCHEDULES),
                    "killAtRest(\"" + path + "\", simulation)");
        }
    }

    @Example
    void whoever_is_killed_at_any_step_the_tree_is_whole() {
        int last = steps();
        for (var label : labels()) {
            for (int step = 0; step <= last; step++) {
                var kill = Faults.none().killAt(label, step);
                hold(
                        simulation -> strike(kill, simulation),
                        TreeLaws::asItComes,
                        "survive(Faults.none().killAt(\"%s\", %d), simulation)"
                                .formatted(label, step));
            }
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void whoever_is_killed_at_any_moment_the_tree_is_whole(
            @ForAll("kills") List<KillAt> kills, @ForAll long seed) {
        Statistics.label("killed")
                .collect(strike(kills, seed) ? "who ran" : "who did not")
                .coverage(it -> it.check("who ran").count((Consumer<Integer>) TreeLaws::any));
    }

    /** Whether somebody was killed who ran. */
    final boolean strike(List<KillAt> kills, long seed) {
        var calls =
                kills.stream()
                        .map(kill -> ".killAt(\"%s\", %d)".formatted(kill.process(), kill.step()));
        return hold(
                simulation -> strike(new Faults(List.copyOf(kills)), simulation),
                hunt -> hunt.withSeed(seed).withSchedules(1),
                "survive(Faults.none()%s, simulation)"
                        .formatted(calls.collect(Collectors.joining())));
    }

    private static void any(int runs) {
        if (runs == 0) {
            throw new AssertionError(
                    "nobody was killed who ran: raise jqwik.tries.default, to 50 or more");
        }
    }

    @Provide
    Arbitrary<List<KillAt>> kills() {
        var step = Arbitraries.integers().between(0, steps());
        return Combinators.combine(Arbitraries.of(labels()), step)
                .as(KillAt::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_KILLS);
    }

    /** Whether it was put to the test. */
    private static boolean hold(Trial trial, UnaryOperator<Hunt> how, String call) {
        var wasTested = new AtomicBoolean();
        var broken = new AtomicReference<@Nullable AssertionError>();
        how.apply(
                        Hunt.of(
                                simulation -> {
                                    try {
                                        wasTested.compareAndSet(false, trial.play(simulation));
                                    } catch (AssertionError law) {
                                        broken.compareAndSet(null, law);
                                    }
                                }))
                .check();
        var first = broken.get();
        if (first != null) {
            throw new LawBroken(() -> shown(trial, how, call, first));
        }
        return wasTested.get();
    }

    private static String shown(
            Trial trial, UnaryOperator<Hunt> how, String call, AssertionError broken) {
        return SimulatedLaws.report(how.apply(Hunt.of(trial::play)), call)
                .orElseGet(() -> broken.getMessage() + "\nIt did not happen again.\n");
    }

    // What there is

    /** Of all whom the tree declares, but for those who come and go. */
    private List<String> paths() {
        var paths = new ArrayList<String>();
        Hunt.of(simulation -> paths.addAll(Member.root(run(simulation).tree()).paths()))
                .withSchedules(1)
                .check();
        return paths;
    }

    /** Of all whom the tree declares, if they are there at the end of a run without faults. */
    private List<String> labels() {
        var labels = new ArrayList<String>();
        undisturbed(inspection -> labels.addAll(inspection.labels()));
        return labels;
    }

    /** In which somebody can be killed. */
    private int steps() {
        var calm =
                undisturbed(inspection -> {}).lines().stream()
                        .filter(line -> line.endsWith(TreeInspection.CALM))
                        .findFirst()
                        .orElseThrow();
        return Integer.parseInt(calm.strip().split(" +", 2)[0]);
    }

    private Trace undisturbed(Consumer<TreeInspection> look) {
        var hunt =
                Hunt.of(
                        simulation -> {
                            var inspection = new TreeInspection(run(simulation), simulation);
                            inspection.survive(Faults.none());
                            look.accept(inspection);
                        });
        return asItComes(hunt).trace(1);
    }

    private static Hunt asItComes(Hunt hunt) {
        return hunt.withSearch(Search.exhaustive(0)).withSchedules(1);
    }
}
