package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;

/** Simulations as tests of JUnit. */
class SimulatedTest {

    private int runs;
    private Simulation last;

    @AfterEach
    void as_many_schedules_were_tried_as_there_were_to_be(TestInfo test) {
        assertThat(test.getTags()).isEmpty();
        int expected = test.getTestMethod().orElseThrow().isAnnotationPresent(Seed.class) ? 1 : 250;
        assertThat(runs).isEqualTo(expected);
    }

    @Simulated(schedules = 250)
    void a_test_is_run_under_every_schedule(Simulation simulation) {
        assertThat(simulation).as("a new one for every run").isNotSameAs(last);
        last = simulation;
        runs++;
    }

    @Simulated(schedules = 250, depth = 2)
    void a_test_can_be_searched_by_ranks(Simulation simulation) {
        runs++;
    }

    @Simulated(schedules = 250)
    @Seed(value = 4, schedule = "2:1")
    void a_test_with_a_seed_is_run_once(Simulation simulation) {
        runs++;
    }
}
