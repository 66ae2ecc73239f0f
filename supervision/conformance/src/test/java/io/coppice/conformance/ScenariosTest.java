package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ScenariosTest {

    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
    private static final Path MORE = Path.of("src/test/resources/more");

    private static final Map<String, Integer> RUN = new TreeMap<>();
    private static final Map<String, Integer> EQUAL = new TreeMap<>();

    @TestFactory
    Stream<DynamicTest> the_trace_is_that_of_erlang() {
        return Stream.of(SCENARIOS, MORE)
                .flatMap(folder -> Corpus.in(folder).stream())
                .map(entry -> dynamicTest(entry.name(), () -> check(entry)));
    }

    private static void check(Corpus.Entry entry) {
        RUN.merge(entry.family(), 1, Integer::sum);
        assertThat(entry.difference()).isEmpty();
        EQUAL.merge(entry.family(), 1, Integer::sum);
    }

    @AfterAll
    static void the_equal_ones_are_counted() {
        System.out.println(
                RUN.keySet().stream()
                        .map(name -> name + " " + EQUAL.getOrDefault(name, 0) + "/" + RUN.get(name))
                        .collect(Collectors.joining(", ", "Equal scenarios: ", "")));
    }
}
