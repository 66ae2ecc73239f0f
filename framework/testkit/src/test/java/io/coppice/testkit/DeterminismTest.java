package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashSet;

/** One seed, one run. */
class DeterminismTest {

    private static final Hunt HUNT = Hunt.of(Bank::money_stays).withName("money_stays");

    @Test
    void the_same_seed_gives_the_same_bytes() {
        for (int number = 1; number <= 20; number++) {
            var once = HUNT.trace(number).toString();
            var again = HUNT.trace(number).toString();
            assertThat(again).isEqualTo(once).hasSizeGreaterThan(1_000);
        }
    }

    @Test
    void other_seeds_give_other_runs() {
        var traces = new HashSet<String>();
        for (int number = 1; number <= 20; number++) {
            traces.add(HUNT.trace(number).toString());
        }
        assertThat(traces).hasSize(20);
    }

    @Test
    void a_thousand_schedules_of_ten_processes_take_about_a_second() {
        HUNT.withSchedules(2_000).check();
        long start = System.nanoTime();
        var findings = HUNT.withSchedules(1_000).run();
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("1,000 schedules of ten processes took " + millis + " ms");
        assertThat(findings.failure()).isEmpty();
        assertThat(findings.schedules()).isEqualTo(1_000);
        assertThat(millis).isLessThan(30_000);
    }
}
