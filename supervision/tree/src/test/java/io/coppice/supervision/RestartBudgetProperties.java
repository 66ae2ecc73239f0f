package io.coppice.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import java.util.ArrayList;
import java.util.List;

class RestartBudgetProperties {

    private static final long SECOND = 1_000_000_000L;

    /** Spends restarts at these times until one is too many; how many could be made. */
    private static int spend(int intensity, long periodSeconds, List<Long> nanos) {
        var budget = RestartBudget.of(intensity, periodSeconds);
        for (int made = 0; made < nanos.size(); made++) {
            budget = budget.spend(COST, nanos.get(made));
            if (budget.isOverdrawn()) {
                return made;
            }
        }
        return nanos.size();
    }

    private static final RestartBudget.Cost COST =
            new RestartBudget.Cost(new TreeEvent.Cause.Failure("child", Trees.BOOM), 0);

    /** OTP's add_restart, word for word, on whole seconds. */
    private static int asOtpDoes(int intensity, long period, List<Long> nanos) {
        var restarts = new ArrayList<Long>(); // the newest first
        for (int made = 0; made < nanos.size(); made++) {
            long now = Math.floorDiv(nanos.get(made), SECOND);
            long threshold = now - period;
            var kept = new ArrayList<>(restarts.stream().takeWhile(r -> r >= threshold).toList());
            kept.addFirst(now);
            restarts = kept;
            if (restarts.size() > intensity) {
                return made;
            }
        }
        return nanos.size();
    }

    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Property(tries = 1_000)
    void it_is_spent_exactly_when_otps_is(
            @ForAll @IntRange(max = 6) int intensity,
            @ForAll @LongRange(min = 1, max = 4) long period,
            @ForAll("times") List<Long> nanos) {
        int made = spend(intensity, period, nanos);

        Statistics.label("gave up")
                .collect(made < nanos.size())
                .coverage(
                        it -> {
                            it.check(true).percentage(share -> share > 20);
                            it.check(false).percentage(share -> share > 10);
                        });
        assertThat(made).isEqualTo(asOtpDoes(intensity, period, nanos));
    }

    @Property(tries = 1_000)
    void as_many_restarts_as_allowed_can_always_be_made(
            @ForAll @IntRange(max = 6) int intensity,
            @ForAll @LongRange(min = 1, max = 4) long period,
            @ForAll("times") List<Long> nanos) {
        assertThat(spend(intensity, period, nanos))
                .isGreaterThanOrEqualTo(Math.min(intensity, nanos.size()));
    }

    @Property(tries = 1_000)
    void restarts_more_than_the_period_and_a_second_apart_never_spend_it(
            @ForAll @IntRange(min = 1, max = 6) int intensity,
            @ForAll @LongRange(min = 1, max = 4) long period,
            @ForAll @LongRange(min = -100, max = 100) long start,
            @ForAll @LongRange(max = 999_999_999) long offset) {
        var nanos = new ArrayList<Long>();
        for (int i = 0; i < 20; i++) {
            nanos.add((start + i * (period + 1)) * SECOND + offset);
        }

        assertThat(spend(intensity, period, nanos)).isEqualTo(20);
    }

    @Property(tries = 1_000)
    void it_never_holds_more_than_it_needs_to(
            @ForAll @IntRange(max = 6) int intensity, @ForAll("times") List<Long> nanos) {
        var budget = RestartBudget.of(intensity, 2);
        for (long now : nanos) {
            if (budget.isOverdrawn()) {
                return;
            }
            budget = budget.spend(COST, now);
            assertThat(budget.counting()).isLessThanOrEqualTo(intensity + 1);
            assertThat(budget.earlier().size()).isLessThanOrEqualTo(2);
            assertThat(budget.last().size()).isBetween(1, 10);
            assertThat(budget.older().size()).isIn(0, 10);
        }
    }

    @Example
    void a_restart_counts_up_to_and_including_the_second_in_which_its_period_ends() {
        assertThat(spend(1, 5, List.of(0L, 5 * SECOND))).isEqualTo(1);
        assertThat(spend(1, 5, List.of(0L, 6 * SECOND - 1))).isEqualTo(1);
        assertThat(spend(1, 5, List.of(0L, 6 * SECOND))).isEqualTo(2);
    }

    @Example
    void a_restart_late_in_its_second_counts_for_hardly_more_than_the_period() {
        assertThat(spend(1, 5, List.of(SECOND - 1, 6 * SECOND - 1))).isEqualTo(1);
        assertThat(spend(1, 5, List.of(SECOND - 1, 6 * SECOND))).isEqualTo(2);
    }

    @Example
    void a_clock_below_zero_is_cut_downwards_too() {
        assertThat(spend(1, 1, List.of(-2 * SECOND, -1L))).isEqualTo(1);
        assertThat(spend(1, 1, List.of(-2 * SECOND - 1, -1L))).isEqualTo(2);
    }

    @Provide
    Arbitrary<List<Long>> times() {
        return Arbitraries.longs()
                .between(0, 3 * SECOND)
                .list()
                .ofMaxSize(30)
                .map(RestartBudgetProperties::rising);
    }

    private static List<Long> rising(List<Long> gaps) {
        var times = new ArrayList<Long>();
        long now = -4 * SECOND;
        for (long gap : gaps) {
            now += gap;
            times.add(now);
        }
        return times;
    }
}
