package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * Processes that do anything to each other, killed at any moment, under schedules found in three
 * ways. The system property {@code coppice.hunt} gives how many schedules each hunt tries.
 */
@Tag("stress")
class HuntTest {

    private static final long SCHEDULES = Long.getLong("coppice.hunt", 2_000);

    static List<Hunt> hunts() {
        var hunt =
                Hunt.of(Graph::all_agree_when_it_is_quiet)
                        .withName("all_agree_when_it_is_quiet")
                        .withSeed(Long.getLong("coppice.seed", 1))
                        .withSchedules(SCHEDULES);
        var killing = hunt.withFaults(Faults.none().kill("p0").kill("p1"));
        return List.of(
                hunt,
                hunt.withSearch(Search.probabilistic(3)),
                killing,
                killing.withSearch(Search.probabilistic(3)),
                hunt.withSearch(Search.exhaustive(2)));
    }

    @ParameterizedTest
    @MethodSource("hunts")
    void all_agree_when_it_is_quiet(Hunt hunt) {
        long start = System.nanoTime();
        hunt.check();
        var findings = hunt.withSchedules(1).run();
        assertThat(findings.failure()).isEmpty();
        System.out.printf(
                "%,d schedules %s%s in %,d ms%n",
                hunt.schedules(),
                hunt.search(),
                hunt.faults().all().isEmpty() ? "" : " with kills",
                (System.nanoTime() - start) / 1_000_000);
    }
}
