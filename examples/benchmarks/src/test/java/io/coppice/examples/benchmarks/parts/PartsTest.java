package io.coppice.examples.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each part runs for a moment, and takes as long as can be. */
class PartsTest {

    private static final double SECOND = 1e9;

    @Test
    void each_part_takes_some_time_and_not_a_second() throws Exception {
        var brief =
                new OptionsBuilder()
                        .include(Parts.class.getName())
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(50))
                        .timeout(TimeValue.seconds(30))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();

        var results = new Runner(brief).run();

        assertThat(results)
                .extracting(it -> it.getPrimaryResult().getLabel())
                .containsExactlyInAnyOrder(
                        "call", "exit", "linkAndUnlink", "queue", "restart", "schedule", "spawn");
        assertThat(results)
                .extracting(it -> it.getPrimaryResult().getScore())
                .allSatisfy(nanos -> assertThat(nanos).isBetween(1.0, SECOND));
    }
}
