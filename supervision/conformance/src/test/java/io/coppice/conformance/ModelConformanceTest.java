package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The testkit's model, to which nodes are held, is held to Erlang itself. */
class ModelConformanceTest {

    private static final int ORDERS = 5;
    private static final int TRIES = 2_000;
    private static final int FRESH = 200;

    /** Scenarios of which Erlang/OTP makes what the model never does, and why. */
    private static final Map<String, String> NOT_AS_IN_ERLANG =
            Map.of(
                    "d06_ignored_on_restart",
                    "OTP keeps an entry that crashes the supervisor at its end (GH-8215); it was"
                            + " repaired later, and so it is in the model");

    private static Stream<Corpus.Entry> corpus(String... folders) {
        return Stream.of(folders)
                .flatMap(folder -> Corpus.in(Path.of("src/test/resources", folder)).stream());
    }

    private static Scenario parsed(Corpus.Entry entry) {
        return ScenarioParser.parse(entry.name(), entry.scenario());
    }

    @TestFactory
    Stream<DynamicTest> in_every_order_the_trace_is_that_of_erlang() {
        return corpus("scenarios")
                .map(
                        entry ->
                                dynamicTest(
                                        entry.name(),
                                        () -> {
                                            check(entry, ModelOrder.prompt());
                                            LongStream.range(0, ORDERS)
                                                    .mapToObj(ModelOrder::drawn)
                                                    .forEach(order -> check(entry, order));
                                        }));
    }

    private static void check(Corpus.Entry entry, ModelOrder order) {
        assertThat(Difference.between(entry.trace(), ModelDriver.trace(parsed(entry), order)))
                .isEmpty();
    }

    /** In these, Erlang's answer depends on its scheduler: it is one of those that are allowed. */
    @TestFactory
    Stream<DynamicTest> in_some_order_the_trace_is_that_of_erlang() {
        return corpus("more", "different")
                .filter(entry -> !NOT_AS_IN_ERLANG.containsKey(entry.name()))
                .map(
                        entry ->
                                dynamicTest(
                                        entry.name(), () -> assertThat(isAllowed(entry)).isTrue()));
    }

    private static boolean isAllowed(Corpus.Entry entry) {
        var scenario = parsed(entry);
        var orders = LongStream.range(0, TRIES).mapToObj(ModelOrder::drawn);
        return Stream.concat(Stream.of(ModelOrder.prompt()), orders)
                .anyMatch(order -> ModelDriver.trace(scenario, order).equals(entry.trace()));
    }

    @Test
    void all_public_scenarios_are_executed() {
        assertThat(corpus("scenarios")).hasSize(153);
    }

    @Test
    void what_is_listed_as_not_as_in_erlang_is_not() {
        assertThat(corpus("more", "different").filter(this::isListed))
                .hasSameSizeAs(NOT_AS_IN_ERLANG.keySet())
                .noneMatch(ModelConformanceTest::isAllowed);
    }

    private boolean isListed(Corpus.Entry entry) {
        return NOT_AS_IN_ERLANG.containsKey(entry.name());
    }

    @Test
    void on_scenarios_that_nobody_has_seen_model_and_node_agree() {
        compare(FRESH, FreshLinks::scenario);
    }

    @Test
    void on_trees_that_nobody_has_seen_model_and_node_agree() {
        compare(FRESH / 10, FreshTrees::scenario);
    }

    private static void compare(int count, LongFunction<String> scenarios) {
        for (var seed : LongStream.range(0, count).boxed().toList()) {
            var text = scenarios.apply(seed);
            var scenario = ScenarioParser.parse("fresh " + seed, text);
            assertThat(
                            Difference.between(
                                    ModelDriver.trace(scenario, ModelOrder.prompt()),
                                    Driver.trace(scenario)))
                    .as(text)
                    .isEmpty();
        }
    }
}
