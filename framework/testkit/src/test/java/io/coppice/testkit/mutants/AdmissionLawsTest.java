package io.coppice.testkit.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.testkit.Hunt;
import io.coppice.testkit.Search;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/** The kernel keeps the laws by which its mutants are found out. */
class AdmissionLawsTest {

    @TestFactory
    Stream<DynamicTest> the_law_is_kept() {
        return Stream.of(AdmissionLaw.values())
                .map(law -> DynamicTest.dynamicTest(law.sentence, () -> hold(law)));
    }

    private static void hold(AdmissionLaw law) {
        var hunt = Hunt.of(law.scenario).withName(law.name());
        hunt.check();
        hunt.withSearch(Search.probabilistic(3)).check();
    }

    @Test
    void the_link_protocol_is_kept() {
        try (var trial = new LinkProtocolTrial(LinkProtocolTrial.LINK_PROTOCOL)) {
            for (int seed = 0; seed < 1_000; seed++) {
                assertThat(trial.apply("" + seed)).isEmpty();
            }
        }
    }
}
