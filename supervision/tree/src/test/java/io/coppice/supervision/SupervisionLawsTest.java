package io.coppice.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The laws of supervision, on the threads of a node, with as many trees as {@code laws.tries}. */
class SupervisionLawsTest {

    private static final int TRIES = Integer.getInteger("laws.tries", 200);

    @BeforeAll
    static void nobody_reads_of_a_thousand_failures() {
        SupervisionTrial.beQuiet(true);
    }

    @AfterAll
    static void others_do() {
        SupervisionTrial.beQuiet(false);
    }

    @TestFactory
    Stream<DynamicTest> the_law_is_kept() {
        return Stream.of(SupervisionLaw.values())
                .map(law -> DynamicTest.dynamicTest(law.name(), () -> hold(law.name())));
    }

    @Test
    void a_tree_on_a_node_has_the_trace_it_has_in_otp() {
        hold(SupervisionTrial.OTP);
    }

    @ParameterizedTest
    @ValueSource(strings = {StageTrial.BARRIER, StageTrial.MAX_CHILDREN})
    void what_is_decided_on_paper_is_right(String trial) {
        try (var court = new StageTrial(trial)) {
            for (int seed = 0; seed < TRIES; seed++) {
                assertThat(court.apply("" + seed)).as("seed " + seed).isEmpty();
            }
        }
    }

    private static void hold(String trial) {
        try (var court = new SupervisionTrial(trial)) {
            LongStream.range(0, TRIES)
                    .forEach(
                            seed ->
                                    assertThat(court.apply("" + seed))
                                            .as("seed " + seed)
                                            .isEmpty());
        }
    }
}
