package io.coppice.supervision.laws;

import static java.util.Objects.requireNonNull;

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
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
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
 *   <li>all others run on, unless there were so many ends that a budget may be spent;
 *   <li>names belong to those who run, and all are tied to the root by links, so that nobody
 *       outlives it;
 *   <li>children are stopped in reverse order, and no message is without a fate.
 * </ul>
 *
 * <p>A class of a few lines holds your tree to them, in simulations:
 *
 * <pre>{@code
 * class ShopLawsTest extends TreeLaws {
 *     @Override protected Run run(Simulation simulation) { return () -> SHOP; }
 * }
 * }</pre>
 *
 * <p>Who fails because another is gone, or ends because it is done, counts as one more that has
 * ended; so clients may crash, and jobs may be over. Who dies of a link was not named.
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

        /**
         * What is done with it while processes are killed; by default nothing. It must expect that
         * whoever it asks is killed.
         */
        default void use() {}

        /**
         * Asserts what else must hold, when nobody is killed any more and all is at rest; by
         * default nothing. Called if the tree has ended, too, though not if it has never started.
         */
        default void check() {}

        /**
         * How many processes there are, while the tree runs, that no link ties to it: those that
         * this run has started, or that processes of the tree have without a link. By default 0.
         */
        default int outsiders() {
            return 0;
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
        inspection(simulation).killAtRest(path);
    }

    /**
     * Starts and uses the tree while {@code faults} strike: kills, and others of which nobody ends.
     *
     * @throws LawBroken if a law is
     */
    protected final void survive(Faults faults, Simulation simulation) {
        strike(faults, simulation);
    }

    private TreeInspection inspection(Simulation simulation) {
        return new TreeInspection(requireNonNull(run(simulation), "run"), simulation);
    }

    /** Whether somebody was killed who ran. */
    private boolean strike(Faults faults, Simulation simulation) {
        simulation.faults(faults);
        return inspection(simulation).survive(faults);
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
                call(List.of()));
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
                    "killAtRest(" + quoted(path) + ", simulation)");
        }
    }

    @Example
    void whoever_is_killed_at_any_step_the_tree_is_whole() {
        int last = step(TreeInspection.CALM);
        int tested = 0;
        for (var label : labels()) {
            for (int step = 0; step <= last; step++) {
                var kill = Faults.none().killAt(label, step);
                boolean wasTested =
                        hold(
                                simulation -> strike(kill, simulation),
                                TreeLaws::asItComes,
                                call(List.of(new KillAt(label, step))));
                tested += wasTested ? 1 : 0;
            }
        }
        requireAny(tested);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void whoever_is_killed_at_any_moment_the_tree_is_whole(
            @ForAll("kills") List<KillAt> kills, @ForAll long seed) {
        Statistics.label("killed")
                .collect(strike(kills, seed) ? "who ran" : "who did not")
                .coverage(
                        it -> it.check("who ran").count((Consumer<Integer>) TreeLaws::requireAny));
    }

    /** Whether somebody was killed who ran. */
    final boolean strike(List<KillAt> kills, long seed) {
        return hold(
                simulation -> strike(new Faults(List.copyOf(kills)), simulation),
                hunt -> hunt.withSeed(seed).withSchedules(1),
                call(kills));
    }

    private static String call(List<KillAt> kills) {
        return kills.stream()
                .map(kill -> ".killAt(%s, %d)".formatted(quoted(kill.process()), kill.step()))
                .collect(Collectors.joining("", "survive(Faults.none()", ", simulation)"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void requireAny(int runs) {
        if (runs == 0) {
            throw new AssertionError(
                    "nobody was killed who ran: let use() take longer, or raise"
                            + " jqwik.tries.default, to 50 or more");
        }
    }

    @Provide
    Arbitrary<List<KillAt>> kills() {
        int started = step(TreeInspection.STARTED);
        int calm = step(TreeInspection.CALM);
        var step =
                Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.integers().between(0, started)),
                        Tuple.of(4, Arbitraries.integers().between(started, calm)));
        return Combinators.combine(Arbitraries.of(labels()), step)
                .as(KillAt::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_KILLS);
    }

    /** Whether it was put to the test. */
    private static boolean hold(Trial trial, UnaryOperator<Hunt> how, String call) {
        var wasTested = new AtomicBoolean();
        var broken = new AtomicReference<@Nullable Throwable>();
        how.apply(
                        Hunt.of(
                                simulation -> {
                                    try {
                                        wasTested.compareAndSet(false, trial.play(simulation));
                                    } catch (RuntimeException | AssertionError thrown) {
                                        broken.compareAndSet(null, thrown);
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
            Trial trial, UnaryOperator<Hunt> how, String call, Throwable broken) {
        return SimulatedLaws.report(how.apply(Hunt.of(trial::play)), call)
                .orElseGet(() -> broken + "\nIt did not happen again.\n");
    }

    // What there is

    private List<String> paths() {
        var paths = new ArrayList<String>();
        undisturbed(inspection -> paths.addAll(inspection.paths()));
        return paths;
    }

    /** Of all whom the tree declares, if they are there at the end of a run without faults. */
    private List<String> labels() {
        var labels = new ArrayList<String>();
        undisturbed(inspection -> labels.addAll(inspection.labels()));
        return labels;
    }

    /** When {@code note} is in the trace of a run without faults. */
    private int step(String note) {
        var noted =
                undisturbed(inspection -> {}).lines().stream()
                        .filter(line -> line.endsWith(note))
                        .findFirst()
                        .orElseThrow();
        return Integer.parseInt(noted.strip().split(" +", 2)[0]);
    }

    /** What breaks a law without a kill is told first. */
    private Trace undisturbed(Consumer<TreeInspection> look) {
        hold(simulation -> strike(Faults.none(), simulation), TreeLaws::asItComes, call(List.of()));
        return asItComes(
                        Hunt.of(
                                simulation -> {
                                    var inspection = inspection(simulation);
                                    inspection.survive(Faults.none());
                                    look.accept(inspection);
                                }))
                .trace(1);
    }

    private static Hunt asItComes(Hunt hunt) {
        return hunt.withSearch(Search.exhaustive(0)).withSchedules(1);
    }
}
