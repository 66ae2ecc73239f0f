package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.Duration.ofMinutes;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.TreeProperties.Forecast.Expected;
import io.coppice.supervision.jqwik.Trees;
import io.coppice.supervision.jqwik.Trees.Death;
import io.coppice.supervision.jqwik.Trees.Plan;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Simulation;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Trees of any shape, whoever dies in them of whatever reason. */
class TreeProperties {

    // What an application would write

    static Child<ExitReason> mortal(String id) {
        ActorFactory<ExitReason> factory =
                context ->
                        reason -> {
                            throw context.stop(reason);
                        };
        return worker(id, factory).name(Name.of(id));
    }

    @Provide
    Arbitrary<Plan> plans() {
        return Trees.withDeaths(Trees.nested(3, TreeProperties::mortal), 6);
    }

    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void those_are_started_again_whom_the_strategies_name(@ForAll("plans") Plan plan) {
        var most = new AtomicInteger();
        Hunt.of(simulation -> die(plan, simulation, most)).withSchedules(3).check();
        Statistics.label("started again at once")
                .collect(Math.min(2, most.get()))
                .coverage(it -> it.check(2).percentage(share -> share > 20));
    }

    private static void die(Plan plan, Simulation simulation, AtomicInteger most) {
        var node = simulation.start(plan.tree());
        var forecast = new Forecast(plan.tree());
        for (var death : plan.deaths()) {
            var before = view(node);
            var expected = perform(death, before, node, forecast);
            simulation.settle();
            var change = TreeChange.between(before, view(node));
            var started = new TreeSet<>(change.restarted());
            started.addAll(change.added());
            assertThat(started).as("started after " + death).isEqualTo(expected.started());
            assertThat(new TreeSet<>(change.gone()))
                    .as("gone after " + death)
                    .isEqualTo(expected.gone());
            most.accumulateAndGet(started.size(), Math::max);
        }
        node.stop(ofMinutes(1));
        assertThat(node.processes()).isZero();
        assertThat(node.fates().isBalanced()).isTrue();
    }

    /** A supervisor can only be killed; a worker does as it is told. */
    private static Expected perform(Death death, TreeView tree, Node node, Forecast forecast) {
        var victim = process(tree, tree.id(), death.path());
        if (victim.isEmpty()) {
            return new Expected(new TreeSet<>(), new TreeSet<>());
        }
        boolean isKill =
                forecast.isSupervisor(death.path()) || death.reason().equals(ExitReason.KILLED);
        if (isKill) {
            node.kill(victim.get());
        } else {
            var id = death.path().substring(death.path().lastIndexOf('/') + 1);
            node.registry().ref(Name.<ExitReason>of(id)).send(death.reason());
        }
        return forecast.after(death.path(), isKill ? ExitReason.KILLED : death.reason());
    }

    private static TreeView view(Node node) {
        return TreeView.of(node, node.root().orElseThrow()).orElseThrow();
    }

    private static Optional<Pid> process(TreeView part, String path, String wanted) {
        if (path.equals(wanted)) {
            return part.live().flatMap(TreeView.Live::pid);
        }
        return part.children().stream()
                .flatMap(it -> process(it, path + "/" + it.id(), wanted).stream())
                .findFirst();
    }

    /** Says who is started and who is gone after a death, by the rules of the strategies alone. */
    static final class Forecast {

        record Expected(TreeSet<String> started, TreeSet<String> gone) {}

        private final Supervisor tree;

        /** Temporary children that their supervisors have forgotten. */
        private final Set<String> forgotten = new HashSet<>();

        private final Set<String> running = new HashSet<>();

        Forecast(Supervisor tree) {
            this.tree = tree;
            running.addAll(Trees.paths(tree));
        }

        private ChildSpec<?> spec(String path) {
            ChildSpec<?> at = tree;
            for (var id : List.of(path.split("/")).subList(1, path.split("/").length)) {
                at =
                        ((Supervisor) at)
                                .children().stream()
                                        .filter(it -> it.id().equals(id))
                                        .findFirst()
                                        .orElseThrow();
            }
            return at;
        }

        boolean isSupervisor(String path) {
            return spec(path) instanceof Supervisor;
        }

        Expected after(String path, ExitReason reason) {
            var expected = new Expected(new TreeSet<>(), new TreeSet<>());
            boolean isRestarted =
                    switch (spec(path).restart()) {
                        case PERMANENT -> true;
                        case TRANSIENT -> reason.isAbnormal();
                        case TEMPORARY -> false;
                    };
            if (isRestarted) {
                group(path).forEach(it -> restart(it, expected));
            } else {
                lose(path, expected);
            }
            return expected;
        }

        /** Who is started again with the child at {@code path}, or stopped with it. */
        private List<String> group(String path) {
            var above = path.substring(0, path.lastIndexOf('/'));
            var parent = (Supervisor) spec(above);
            var siblings = parent.children().stream().map(it -> above + "/" + it.id()).toList();
            return switch (parent.strategy()) {
                case ONE_FOR_ONE -> List.of(path);
                case ONE_FOR_ALL -> siblings;
                case REST_FOR_ONE -> siblings.subList(siblings.indexOf(path), siblings.size());
            };
        }

        private void restart(String path, Expected expected) {
            if (spec(path).restart() == Restart.TEMPORARY) {
                lose(path, expected);
            } else if (!forgotten.contains(path)) {
                var all = within(path);
                expected.started().addAll(all);
                running.addAll(all);
                forgotten.removeAll(all);
            }
        }

        private void lose(String path, Expected expected) {
            within(path).stream().filter(running::remove).forEach(expected.gone()::add);
            if (spec(path).restart() == Restart.TEMPORARY) {
                forgotten.add(path);
            }
        }

        /** The child at {@code path}, and all below it. */
        private List<String> within(String path) {
            return Trees.paths(tree).stream()
                    .filter(it -> it.equals(path) || it.startsWith(path + "/"))
                    .toList();
        }
    }

    // How small what fails becomes

    /** A plan that fails, because somebody in a deep branch dies of a normal end. */
    private static boolean isFine(Plan plan) {
        return plan.deaths().stream()
                .noneMatch(
                        it ->
                                it.reason().equals(ExitReason.NORMAL)
                                        && it.path().chars().filter(c -> c == '/').count() > 1);
    }

    @Example
    void what_fails_shrinks_to_one_death_in_the_smallest_tree() {
        var found =
                plans().generator(1_000).stream(new java.util.Random(1))
                        .filter(it -> !isFine(it.value()))
                        .findFirst()
                        .orElseThrow();
        var smallest = found;
        for (boolean isSmaller = true; isSmaller; ) {
            var next = smallest.shrink().filter(it -> !isFine(it.value())).findFirst();
            isSmaller = next.isPresent();
            smallest = next.orElse(smallest);
        }
        assertThat(smallest.value().deaths()).hasSize(1);
        assertThat(Trees.paths(smallest.value().tree()).size())
                .isLessThanOrEqualTo(Trees.paths(found.value().tree()).size())
                .isLessThanOrEqualTo(4);
    }
}
