package io.coppice.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Holds a model, which may be broken, to the scenarios of a family. For the testkit's mutants: what
 * is tried is the name of a scenario.
 */
public final class ModelTrial implements Function<String, String>, AutoCloseable {

    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
    private static final Path MORE = Path.of("src/test/resources/more");

    /**
     * @param name of the trial; there is but one
     */
    public ModelTrial(String name) {}

    /** The files of all scenarios that have Erlang's trace in the order of one scheduler. */
    static List<String> cases() {
        return Stream.of(SCENARIOS, MORE)
                .flatMap(folder -> Corpus.in(folder).stream())
                .filter(entry -> !entry.name().startsWith("d"))
                .map(entry -> entry.file().toString())
                .toList();
    }

    /**
     * @param file of a scenario
     * @return where its trace is not that of Erlang, or an empty string
     */
    @Override
    public String apply(String file) {
        var entry = new Corpus.Entry(Path.of(file));
        try {
            var scenario = ScenarioParser.parse(entry.name(), entry.scenario());
            var trace = ModelDriver.trace(scenario, ModelOrder.prompt());
            return Difference.between(entry.trace(), trace)
                    .map(difference -> entry.name() + difference)
                    .orElse("");
        } catch (RuntimeException | Error broken) {
            return entry.name() + ": it broke down: " + broken;
        }
    }

    @Override
    public void close() {}
}
