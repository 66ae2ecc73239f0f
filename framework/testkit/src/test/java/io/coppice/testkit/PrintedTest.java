package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Fates;
import io.coppice.actor.MailboxBound;
import io.coppice.actor.Overflow;
import io.coppice.actor.SpawnOptions;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The test that a failure prints is compiled as it is, run, and fails in the same way. */
class PrintedTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Faults EVERY_KIND =
            Faults.none()
                    .kill("victim")
                    .killAt("doomed", 30)
                    .delayInit("late", SECOND)
                    .slow("slow", Duration.ofMillis(1_500))
                    .block("b\"lo\\cked", 2, SECOND)
                    .full("full", 1)
                    .loseTimer("clock", 1)
                    .delayTimer("clock", 2, SECOND);

    private static ActorRef<String> start(
            Simulation simulation, String label, ActorFactory<String> factory) {
        var options =
                SpawnOptions.<String>defaults()
                        .withLabel(label)
                        .withMailbox(MailboxBound.bounded(9, Overflow.FAIL));
        return simulation.node().spawn(factory, options);
    }

    /** Fails if its faults strike, and only then. */
    static void everything_goes_wrong(Simulation simulation) {
        var node = simulation.node();
        var heard = new AtomicInteger();
        ActorFactory<String> hearing =
                context -> {
                    context.timers().after(SECOND, "lost");
                    context.timers().after(SECOND, "late");
                    return message -> {
                        node.isAlive(context.self().pid());
                        heard.incrementAndGet();
                    };
                };
        var doomed = start(simulation, "doomed", hearing);
        var victim = start(simulation, "victim", hearing);
        start(simulation, "late", hearing);
        start(simulation, "clock", hearing);
        for (var label : new String[] {"slow", "b\"lo\\cked", "full"}) {
            var process = start(simulation, label, context -> message -> heard.incrementAndGet());
            process.offer("one");
            process.offer("two");
        }
        simulation.advance(Duration.ofSeconds(20));
        boolean allStruck =
                !node.isAlive(victim.pid())
                        && !node.isAlive(doomed.pid())
                        && heard.get() < 12
                        && node.fates().refused().getOrDefault(Fates.Refused.FULL, 0L) > 0;
        assertThat(allStruck).isFalse();
    }

    private static void requireRepeated(Findings.Failure failure, Throwable again) {
        assertThat(Printed.failure(again).trace()).isEqualTo(failure.trace());
        assertThat(Printed.failure(again).replay()).isEqualTo(failure.replay());
    }

    @Test
    void a_test_with_faults_of_every_kind() throws Exception {
        var hunt =
                Hunt.of(PrintedTest::everything_goes_wrong)
                        .withName("everything_goes_wrong")
                        .withSteps(700)
                        .withFaults(EVERY_KIND);
        var failure = hunt.run().failure().orElseThrow();
        assertThat(failure.report()).contains("@Simulated(steps = 700)");
        requireRepeated(failure, Printed.failureOf(failure.report(), PrintedTest.class));
    }

    @Test
    void a_run_without_an_end() throws Exception {
        var hunt = Hunt.of(PrintedTest::it_never_ends).withName("it_never_ends").withSteps(300);
        var failure = hunt.run().failure().orElseThrow();
        assertThat(failure.cause()).hasMessageStartingWith("no end after 300 steps");
        requireRepeated(failure, Printed.failureOf(failure.report(), PrintedTest.class));
    }

    static void it_never_ends(Simulation simulation) {
        start(
                simulation,
                "endless",
                context -> {
                    context.self().send("again");
                    return message -> context.self().send("again");
                });
        simulation.settle();
    }

    @TestFactory
    Stream<DynamicTest> a_test_of_every_search() {
        return Stream.of(Search.atRandom(), Search.probabilistic(3), Search.exhaustive(1))
                .map(
                        search ->
                                DynamicTest.dynamicTest(
                                        search.toString(), () -> a_race_is_repeated(search)));
    }

    static void two_look(Simulation simulation) throws Exception {
        Races.two_look_whether_there_is_a_leader(simulation);
    }

    private static void a_race_is_repeated(Search search) throws Exception {
        var failure =
                Hunt.of(PrintedTest::two_look)
                        .withName("two_look")
                        .withSearch(search)
                        .withSeed(7)
                        .run()
                        .failure()
                        .orElseThrow();
        requireRepeated(failure, Printed.failureOf(failure.report(), PrintedTest.class));
    }

    /** A class with a hunt that has no name. */
    static class Unnamed {

        @Test
        void a_race() {
            var seed = 3;
            Hunt.of(simulation -> Races.two_look_whether_there_is_a_leader(simulation))
                    .withSeed(seed)
                    .withFaults(Faults.none().killAt("ann", 900))
                    .check();
        }

        @Test
        void found_and_kept() {
            assertThat(found().failure()).isPresent();
        }

        private static Findings found() {
            return Hunt.of(Races::two_look_whether_there_is_a_leader).withName("a race").run();
        }

        @Simulated
        void simulated(Simulation simulation) throws Exception {
            Races.two_look_whether_there_is_a_leader(simulation);
        }

        @Simulated(preemptions = 2, steps = 5_000)
        void simulated_exhaustively(Simulation simulation) throws Exception {
            Races.two_look_whether_there_is_a_leader(simulation);
        }

        @Simulated(depth = 3, seed = 9)
        void simulated_by_ranks(Simulation simulation) throws Exception {
            Races.two_look_whether_there_is_a_leader(simulation);
        }
    }

    private static Findings.Failure failureOf(String method) throws Exception {
        var type = Unnamed.class;
        var methods =
                Stream.of(type.getDeclaredMethods())
                        .filter(test -> test.getName().equals(method))
                        .toList();
        assertThat(methods).hasSize(1);
        return Printed.failure(Printed.run(type, methods).getFirst());
    }

    @TestFactory
    Stream<DynamicTest> a_test_of_a_hunt_without_a_name_and_of_a_simulated_one() {
        return Stream.of("a_race", "simulated", "simulated_exhaustively", "simulated_by_ranks")
                .map(
                        method ->
                                DynamicTest.dynamicTest(
                                        method,
                                        () -> {
                                            var failure = failureOf(method);
                                            var report = failure.report();
                                            var again = Printed.failureOf(report, Unnamed.class);
                                            requireRepeated(failure, again);
                                        }));
    }

    @Test
    void a_hunt_is_repeated_where_it_was_made_and_also_if_it_keeps_the_failure() throws Exception {
        var failure = Unnamed.found().failure().orElseThrow();
        assertThat(failure.report()).contains(".in(() -> found());");
        assertThatThrownBy(() -> failure.replay().in(new Unnamed()::found_and_kept))
                .isInstanceOfSatisfying(
                        SimulationFailure.class, again -> requireRepeated(failure, again));
    }

    @Test
    void where_there_is_no_hunt_nothing_is_repeated() {
        var replay = new Replay(1, "all", "");
        assertThatThrownBy(() -> replay.in(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("there is no hunt in it to repeat");
        assertThatThrownBy(() -> replay.in(() -> Integer.parseInt("none")))
                .isInstanceOf(NumberFormatException.class);
    }

    @Test
    void a_hunt_after_it_searches_again() throws Throwable {
        var replay = new Replay(1, "all", "");
        replay.in(() -> Hunt.of(simulation -> {}).check());
        assertThat(Hunt.of(simulation -> {}).withSchedules(5).run().schedules()).isEqualTo(5);
    }

    @TestFactory
    Stream<DynamicTest> what_cannot_be_called_is_told_how_to_be_repeated() {
        return Stream.of("a hunt in a method with parameters")
                .map(name -> DynamicTest.dynamicTest(name, () -> requireAdvice(name)));
    }

    private static void requireAdvice(String name) {
        var hunt = Hunt.of(Races::two_look_whether_there_is_a_leader).withName(name);
        assertThat(hunt.run().failure().orElseThrow().report())
                .contains("This repeats it, called on the hunt instead of check() or run():")
                .containsPattern("\\.replay\\(new Replay\\(-?\\d+L, \"all\", \"\\d+:1\"\\)\\)");
    }
}
