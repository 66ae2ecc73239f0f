package io.coppice.supervision.laws;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Name;
import io.coppice.actor.SpawnOptions;
import io.coppice.supervision.Child;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.Supervisor;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.mutants.Mutant;
import io.coppice.testkit.mutants.Workshop;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is told of a tree that breaks its laws, since its supervisors have been broken. */
class TreeLawsBrokenTest {

    private static final Workshop WORKSHOP =
            new Workshop(
                    "io.coppice.", List.of(Path.of("src/main/java"), Path.of("src/test/java")));

    @BeforeAll
    static void nobody_reads_of_failures_that_are_wanted() {
        Log.beQuiet(true);
    }

    @AfterAll
    static void others_do() {
        Log.beQuiet(false);
    }

    private static Mutant mutant(String name) {
        return Stream.of(SupervisionMutants.all(), PeerMutants.all())
                .flatMap(List::stream)
                .filter(mutant -> mutant.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static String told(Mutant broken) throws Exception {
        var trial = WORKSHOP.make(broken).loadClass(TreeLawsTrial.class.getName());
        return ((Supplier<String>) trial.getConstructor().newInstance()).get();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "budget one too large",
                "failed restart not tried again",
                "forward stop order",
                "rest for one taken for one for one",
                "rest for one taken for one for all",
                "one for all without the last child",
                "temporary siblings started again",
                "one budget for all supervisors",
                "all told to stop at once",
                "supervisor without a trap"
            })
    void broken_supervisors_are_found_out(String mutant) throws Exception {
        assertThat(told(mutant(mutant))).startsWith("broken: ").contains("This test repeats it");
    }

    // What is told

    @Test
    void who_was_killed_at_rest_and_what_came_of_it_is_told_and_repeated() throws Exception {
        var broken = mutant("rest for one taken for one for all");
        var told = told(broken);
        assertThat(told)
                .startsWith(
                        """
                        broken: started again: [top/rest/d, top/rest/e, top/rest/f]; named by the strategies: [top/rest/f]
                        top/rest/f was killed at rest
                        The tree then:
                        """)
                .contains("killAtRest(\"top/rest/f\", simulation)");
        assertThat(again(broken, told)).contains("broken: started again: [top/rest/d, ");
    }

    @Test
    void so_is_a_kill_at_a_step() throws Exception {
        var broken = mutant("error of the gate swallowed");
        var told = told(broken);
        assertThat(told)
                .startsWith(
                        "broken: do not run: [top/all, top/all/a, top/all/b, top/all/c]\n"
                                + "all was killed at step ")
                .contains("survive(Faults.none().killAt(\"all\", ");
        assertThat(again(broken, told)).contains("broken: do not run: [top/all,");
    }

    /** Compiles the printed test and runs it, with the same broken supervisor. */
    private static String again(Mutant broken, String told) throws Exception {
        var mark = "This test repeats it:\n\n";

        var test = told.substring(told.indexOf(mark) + mark.length());
        var name = AgainOfATree.class.getName();
        var with =
                broken.and(name, "// the imports", "import io.coppice.testkit.*;")
                        .and(name, "// the test", test);
        var again = WORKSHOP.make(with).loadClass(name);
        var method =
                Stream.of(again.getDeclaredMethods())
                        .filter(it -> it.getName().equals("it_happens_again"))
                        .findFirst()
                        .orElseThrow();
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(request().selectors(selectMethod(again, method)).build(), listener);
        assertThat(listener.getSummary().getFailures()).as(told).hasSize(1);
        return String.valueOf(
                listener.getSummary().getFailures().getFirst().getException().getMessage());
    }

    // Applications that are wrong by themselves

    private static TreeLaws laws(Function<Simulation, TreeLaws.Run> run) {
        return new TreeLaws() {
            @Override
            protected Run run(Simulation simulation) {
                return run.apply(simulation);
            }
        };
    }

    private static TreeLaws laws(ChildSpec<?>... children) {
        return laws(
                simulation ->
                        () ->
                                supervisor("top", ONE_FOR_ONE)
                                        .restarts(3, ofSeconds(5))
                                        .children(children));
    }

    private static <M> ActorFactory<M> idle() {
        return context -> message -> {};
    }

    /** Gives its workers no link, and nobody else does. */
    @Test
    void a_supervisor_of_ones_own_that_leaves_orphans() {
        ActorFactory<Object> careless =
                context -> {
                    context.spawn(idle(), SpawnOptions.<Object>defaults());
                    return message -> {};
                };
        var laws = laws(Child.child("careless", careless).supervisorType());
        assertThatThrownBy(laws::without_a_kill_all_run)
                .hasMessageStartingWith(
                        "broken: processes outside of the tree: 1, and Run.outsiders says 0\n");
    }

    @Test
    void children_that_are_linked_behind_the_back_of_their_supervisor() {
        var name = Name.<Object>of("first");
        ActorFactory<Object> clinging =
                context -> {
                    context.link(context.node().registry().lookup(name).orElseThrow().pid());
                    return message -> {};
                };
        var laws =
                laws(
                        worker("first", TreeLawsBrokenTest.<Object>idle()).name(name),
                        worker("second", clinging));
        assertThatThrownBy(
                        laws
                                ::who_is_killed_at_rest_is_started_again_with_those_whom_the_strategies_name)
                .hasMessageStartingWith(
                        "broken: started again: [top/first, top/second];"
                                + " named by the strategies: [top/second]\n");
    }

    @Test
    void a_child_that_gives_its_name_away() {
        var name = Name.<Object>of("shy");
        ActorFactory<Object> shy =
                context -> {
                    context.node().registry().unregister(name);
                    return message -> {};
                };
        assertThatThrownBy(laws(worker("shy", shy).name(name))::without_a_kill_all_run)
                .hasMessageContaining("the name shy belongs to nobody, and top/shy is shy<2>\n");
    }

    @Test
    void a_child_that_is_not_there() {
        var laws =
                laws(
                        worker(
                                "never",
                                context -> {
                                    throw context.ignore();
                                }));
        assertThatThrownBy(laws::without_a_kill_all_run)
                .hasMessageStartingWith("broken: do not run: [top/never]\nnobody was killed\n");
    }

    @Test
    void what_the_application_asserts_is_told_in_its_own_words() {
        var laws =
                laws(
                        simulation ->
                                new TreeLaws.Run() {
                                    @Override
                                    public Supervisor tree() {
                                        return supervisor("top", ONE_FOR_ONE);
                                    }

                                    @Override
                                    public void check() {
                                        throw new AssertionError("the sum is wrong");
                                    }
                                });
        assertThatThrownBy(laws::without_a_kill_all_run)
                .hasMessageStartingWith("the sum is wrong\n")
                .hasMessageContaining("survive(Faults.none(), simulation);");
    }

    @Test
    void a_path_that_is_not_in_the_tree_is_told_with_those_that_are() {
        var laws = laws(worker("here", idle()));
        assertThatThrownBy(
                        () ->
                                Simulation.check(
                                        1, simulation -> laws.killAtRest("top/there", simulation)))
                .hasRootCauseMessage("top/there is not in the tree: [top, top/here]");
    }
}
