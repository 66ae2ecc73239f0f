package io.coppice.supervision.laws;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Restart.TEMPORARY;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.ShutdownMode.immediately;
import static io.coppice.supervision.ShutdownMode.patiently;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Name;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.supervision.Child;
import io.coppice.supervision.ChildSpec;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.TaskSupervisor;
import io.coppice.testkit.Faults.KillAt;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.mutants.Mutant;
import io.coppice.testkit.mutants.Workshop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is told of a tree that breaks its laws, since its supervisors have been broken. */
class TreeLawsBrokenTest {

    private static final Workshop WORKSHOP =
            new Workshop(
                    "io.coppice.",
                    List.of(
                            Path.of("src/main/java"),
                            Path.of("src/test/java"),
                            Path.of("../../framework/core/src/main/java")));

    private static Mutant mutant(String name) {
        return Stream.of(SupervisionMutants.all(), PeerMutants.all())
                .flatMap(List::stream)
                .filter(mutant -> mutant.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static String told(String law, Mutant broken) throws Exception {
        var trial = WORKSHOP.make(broken).loadClass(TreeLawsTrial.class.getName());
        return ((Function<String, String>) trial.getConstructor().newInstance()).apply(law);
    }

    /** For each thing that is looked at, one who breaks it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    undisturbed   | forward stop order                 | stopped in the order [a<3>, b<4>,
                    undisturbed   | forward stop order                 | stopped in the order [top/all/a, top/all/b] and
                    undisturbed   | all told to stop at once           | stopped in the order [last<
                    undisturbed   | supervisor without a trap          | ended before their supervisors stopped them
                    at rest       | budget one too large               | started again: [
                    at rest       | rest for one taken for one for all | started again: [
                    at rest       | one for all without the last child | broken: gone: []; by the restart types: [top/all/c]
                    at rest       | temporary siblings started again   | started again: [
                    at any step   | rest for one taken for one for all | though no strategy names them: [top/rest/
                    at any step   | one for all without the last child | and these run on, whom a strategy names
                    at any step   | one budget for all supervisors     | do not run: [top
                    at any step   | error of the gate swallowed        | do not run: [top/all
                    at any moment | failed restart not tried again     | do not run: [top/all
                    """)
    void broken_supervisors_are_found_out(String law, String mutant, String wanted)
            throws Exception {
        assertThat(told(law, mutant(mutant)))
                .startsWith("broken: ")
                .contains(wanted)
                .contains("This test repeats it");
    }

    @Test
    void a_broken_kernel_is_found_out_that_loses_what_the_dead_have_not_read() throws Exception {
        var broken =
                Mutant.of(
                        "dropped and not counted",
                        "a message in the mailbox of the dead has no fate",
                        TreeLawsTrial.AT_ANY_STEP,
                        "io.coppice.internal.run.LocalProcess",
                        "node.lost(content, this, null, Dropped.RECEIVER_ENDED);",
                        "content.hashCode();");
        assertThat(told(broken.trial(), broken)).startsWith("broken: messages without a fate: ");
    }

    // What is told

    @Test
    void who_was_killed_at_rest_and_what_came_of_it_is_told_and_repeated() throws Exception {
        var broken = mutant("rest for one taken for one for all");
        var told = told(TreeLawsTrial.AT_REST, broken);
        assertThat(told)
                .startsWith(
                        """
                        broken: started again: [top/rest/d, top/rest/e, top/rest/f]; named by the strategies: [top/rest/e, top/rest/f]
                        top/rest/e was killed at rest
                        The tree then:
                        """)
                .contains("killAtRest(\"top/rest/e\", simulation)");
        assertThat(again(broken, told)).contains("broken: started again: [top/rest/d, ");
    }

    @Test
    void so_is_a_kill_at_a_step() throws Exception {
        var broken = mutant("error of the gate swallowed");
        var told = told(TreeLawsTrial.AT_ANY_STEP, broken);
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

    private static void atRest(TreeLaws laws) {
        laws.who_is_killed_at_rest_is_started_again_with_those_whom_the_strategies_name();
    }

    private static final Name<Object> FIRST = Name.of("first");

    private static Child<Object> named(Name<Object> name, ActorFactory<Object> factory) {
        return worker(name.value(), factory).name(name);
    }

    /** Is linked to whoever has {@code name}. */
    private static ActorFactory<Object> clinging(Name<Object> name) {
        return context -> {
            context.link(context.node().registry().lookup(name).orElseThrow().pid());
            return message -> {};
        };
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
                        "broken: processes that no link ties to the tree: 1, and Run.outsiders says"
                                + " 0\nnobody was killed\n");
    }

    @Test
    void children_that_are_linked_behind_the_back_of_their_supervisor() {
        var laws = laws(named(FIRST, idle()), worker("second", clinging(FIRST)));
        assertThatThrownBy(() -> Simulation.check(1, run -> laws.killAtRest("top/first", run)))
                .rootCause()
                .hasMessageStartingWith(
                        "broken: started again: [top/first, top/second];"
                                + " named by the strategies: [top/first]\n");
    }

    /** And is gone when its supervisor comes to stop it. */
    @Test
    void one_that_dies_of_the_stop_of_another() {
        var laws = laws(named(FIRST, idle()), worker("second", clinging(FIRST)));
        assertThatThrownBy(laws::without_a_kill_all_run)
                .hasMessageStartingWith(
                        "broken: ended before their supervisors stopped them: [first<2>]\n");
    }

    @Test
    void a_child_that_gives_its_name_away() {
        ActorFactory<Object> shy =
                context -> {
                    context.node().registry().unregister(FIRST);
                    return message -> {};
                };
        assertThatThrownBy(laws(named(FIRST, shy))::without_a_kill_all_run)
                .hasMessageContaining(
                        "the name first belongs to nobody, and top/first is first<2>\n");
    }

    /** A run of one child, which has a name. */
    private record Of(Runnable used, Runnable checked) implements TreeLaws.Run {
        @Override
        public Supervisor tree() {
            return supervisor("top", ONE_FOR_ONE).children(named(FIRST, idle()));
        }

        @Override
        public void use() {
            used.run();
        }

        @Override
        public void check() {
            checked.run();
        }
    }

    private static Stream<ActorRef<Object>> first(Simulation simulation) {
        return simulation.node().registry().lookup(FIRST).stream();
    }

    @Test
    void what_the_application_asserts_is_told_with_who_was_killed() {
        var laws =
                laws(
                        run ->
                                new Of(
                                        () -> {},
                                        () ->
                                                assertThat(first(run))
                                                        .allMatch(it -> it.pid().number() == 2)));
        assertThatThrownBy(() -> atRest(laws))
                .hasMessageStartingWith("broken: check() of the run: ")
                .hasMessageContaining("\ntop/first was killed at rest\nThe tree then:\n")
                .hasMessageContaining("killAtRest(\"top/first\", simulation);");
        assertThatThrownBy(laws::whoever_is_killed_at_any_step_the_tree_is_whole)
                .hasMessageContaining("\nfirst was killed at step ")
                .hasMessageContaining("survive(Faults.none().killAt(\"first\", ");
    }

    /** Not an assertion: somebody it asks is not there. */
    @Test
    void a_use_that_does_not_expect_a_kill() {
        var laws = laws(run -> new Of(() -> first(run).findFirst().orElseThrow(), () -> {}));
        assertThatThrownBy(laws::whoever_is_killed_at_any_step_the_tree_is_whole)
                .hasMessageStartingWith(
                        "broken: use() of the run: java.util.NoSuchElementException: No value"
                                + " present\ntop was killed at step ");
    }

    @Test
    void what_is_wrong_without_a_kill_is_told_of_every_law() {
        var laws =
                laws(
                        worker(
                                "lame",
                                context -> {
                                    throw new IllegalStateException("lame");
                                }));
        for (Runnable law :
                List.<Runnable>of(
                        laws::without_a_kill_all_run,
                        () -> atRest(laws),
                        laws::whoever_is_killed_at_any_step_the_tree_is_whole,
                        laws::kills)) {
            assertThatThrownBy(law::run)
                    .hasMessageContaining("failed to start lame: ")
                    .hasMessageContaining("survive(Faults.none(), simulation);");
        }
    }

    @Test
    void a_tree_that_is_null() {
        var laws = laws(simulation -> () -> null);
        assertThatThrownBy(laws::without_a_kill_all_run).hasMessageStartingWith("tree\n");
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

    // Applications that are right

    private static void keep(TreeLaws laws) {
        laws.without_a_kill_all_run();
        atRest(laws);
        laws.whoever_is_killed_at_any_step_the_tree_is_whole();
        for (long seed = 0; seed < 100; seed++) {
            int first = (int) seed;
            laws.strike(List.of(new KillAt("first", first), new KillAt("first", first + 20)), seed);
        }
    }

    @Test
    void those_who_need_nothing_but_their_supervisor() {
        keep(
                laws(
                        named(FIRST, idle()),
                        Child.loop("second", node -> node.await(new CompletableFuture<>())),
                        Child.loop("third", node -> node.await(new CompletableFuture<>()))
                                .restart(TEMPORARY)));
    }

    @Test
    void a_client_that_crashes_when_whom_it_asks_is_gone() {
        ActorFactory<Object> client =
                context -> {
                    var first = context.node().registry().ref(FIRST);
                    context.timers().every(ofMillis(3), "ask");
                    return message -> first.call(Ask::new, ofSeconds(1));
                };
        ActorFactory<Object> answering =
                context ->
                        message -> {
                            if (message instanceof Ask(var replyTo)) {
                                replyTo.send("yes");
                            }
                        };
        keep(
                laws(
                        worker("client before", client),
                        named(FIRST, answering),
                        worker("client after", client)));
    }

    record Ask(ReplyTo<String> replyTo) {}

    @Test
    void jobs_that_are_done_and_children_that_have_nothing_to_do() {
        ActorFactory<Object> none =
                context -> {
                    throw context.ignore();
                };
        ActorFactory<Object> brief =
                context -> {
                    context.self().send("do it");
                    return message -> {
                        throw context.stop(ExitReason.NORMAL);
                    };
                };
        keep(
                laws(
                        named(FIRST, idle()),
                        worker("none", none),
                        worker("job", brief).restart(TRANSIENT),
                        worker("once", brief).restart(TEMPORARY)));
    }

    /** Killed at once with all its children, in no order. */
    @Test
    void a_supervisor_that_is_stopped_immediately() {
        keep(
                laws(
                        named(FIRST, idle()),
                        supervisor("inner", ONE_FOR_ONE)
                                .shutdown(immediately())
                                .children(worker("a", idle()), worker("b", idle()))));
    }

    @Test
    void a_child_that_takes_long_to_stop() {
        keep(laws(named(FIRST, idle()), worker("slow", slow()).shutdown(patiently())));
    }

    private static ActorFactory<Object> slow() {
        return context -> {
            context.trapExits(exited -> exited);
            return message -> {
                try {
                    context.node().await(new CompletableFuture<>(), ofSeconds(90));
                } catch (TimeoutException done) {
                    throw context.stop(ExitReason.SHUTDOWN);
                }
            };
        };
    }

    /** It is gone before its turn comes, and the supervisor need not ask it. */
    @Test
    void a_client_that_waits_for_an_answer_when_whom_it_asks_is_stopped() {
        ActorFactory<Object> waiting =
                context -> {
                    context.self().send("ask");
                    var first = context.node().registry().ref(FIRST);
                    return message -> first.call(Ask::new, ofDays(3));
                };
        keep(
                laws(
                        supervisor("inner", ONE_FOR_ONE)
                                .restarts(3, ofSeconds(5))
                                .children(worker("client", waiting), named(FIRST, idle()))));
    }

    @Test
    void a_supervisor_that_takes_too_long_to_stop() {
        keep(
                laws(
                        named(FIRST, idle()),
                        supervisor("inner", ONE_FOR_ONE)
                                .shutdown(within(ofMillis(10)))
                                .children(
                                        worker("a", idle()),
                                        worker("slow", slow()).shutdown(patiently()))));
    }

    @Test
    void tasks_that_are_under_way() {
        var tasks = TaskSupervisor.taskSupervisor("tasks");
        ActorFactory<Object> busy =
                context -> {
                    tasks.asyncNoLink(
                            context,
                            () -> {
                                context.node().await(new CompletableFuture<>(), ofSeconds(1));
                                return "done";
                            },
                            result -> result);
                    return message -> {};
                };
        keep(laws(named(FIRST, idle()), tasks, worker("busy", busy)));
    }
}
