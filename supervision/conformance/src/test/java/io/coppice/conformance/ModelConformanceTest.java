package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.coppice.conformance.ModelDriver.Order;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The testkit's model, to which nodes are held, is held to Erlang itself. */
class ModelConformanceTest {

    private static final int ORDERS = 5;
    private static final int FRESH = 200;

    private static Stream<Corpus.Entry> corpus(String folder) {
        return Corpus.in(Path.of("src/test/resources", folder)).stream()
                .filter(entry -> ModelDriver.canExecute(parsed(entry)));
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
                                            check(entry, Order.prompt());
                                            LongStream.range(0, ORDERS)
                                                    .mapToObj(Order::drawn)
                                                    .forEach(order -> check(entry, order));
                                        }));
    }

    /** In these, Erlang's answer depends on its scheduler. */
    @TestFactory
    Stream<DynamicTest> in_the_order_of_one_scheduler_the_trace_is_that_of_erlang() {
        return corpus("more")
                .map(entry -> dynamicTest(entry.name(), () -> check(entry, Order.prompt())));
    }

    private static void check(Corpus.Entry entry, Order order) {
        assertThat(Difference.between(entry.trace(), ModelDriver.trace(parsed(entry), order)))
                .isEmpty();
    }

    @Test
    void all_public_scenarios_of_links_monitors_and_names_are_executed() {
        assertThat(
                        corpus("scenarios")
                                .filter(entry -> List.of("l", "m", "r").contains(entry.family())))
                .hasSize(38);
    }

    @Test
    void on_scenarios_that_nobody_has_seen_model_and_node_agree() {
        LongStream.range(0, FRESH)
                .forEach(
                        seed -> {
                            var text = FreshLinks.scenario(seed);
                            var scenario = ScenarioParser.parse("fresh " + seed, text);
                            assertThat(
                                            Difference.between(
                                                    ModelDriver.trace(scenario, Order.prompt()),
                                                    Driver.trace(scenario)))
                                    .as(text)
                                    .isEmpty();
                        });
    }
}
