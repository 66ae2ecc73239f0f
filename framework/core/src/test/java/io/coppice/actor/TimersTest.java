package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Supplier;

/** Timers: messages of a process to itself, later. */
@ParameterizedClass
@EnumSource(Kind.class)
class TimersTest {

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration AGES = Duration.ofDays(365);

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    @Test
    void a_timer_fires_once_and_not_before_its_time() {
        var process = house.puppet(kind);
        long start = house.node().clock().nanoTime();
        process.does(context -> context.timers().after(MOMENT, "tick"));

        assertThat(process.hears()).isEqualTo("tick");
        assertThat(house.node().clock().nanoTime() - start)
                .isGreaterThanOrEqualTo(MOMENT.toNanos());
        house.quiet();
        assertThat(process.heard()).isEmpty();
        house.awaitNoTimers();
    }

    @Test
    void a_timer_without_delay_fires_after_the_handler() {
        var process = house.puppet(kind);
        process.does(
                context -> {
                    context.timers().after(Duration.ZERO, "tick");
                    assertThat(process.heard()).isEmpty();
                });

        assertThat(process.hears()).isEqualTo("tick");
    }

    /** When a timer is to fire, in nanoseconds, as far as can be seen from outside. */
    private record Due(long earliest, long latest) {}

    @Test
    void timers_fire_in_the_order_of_their_times() {
        var process = house.puppet(kind);
        var clock = house.node().clock();
        process.does(
                context -> {
                    var due = new Due[20];
                    for (int i = due.length - 1; i >= 0; i--) {
                        int index = i;
                        var delay = MOMENT.plusMillis(2L * i);
                        long before = clock.nanoTime() + delay.toNanos();
                        context.timers().after(delay, (Supplier<Due>) () -> due[index]);
                        due[i] = new Due(before, clock.nanoTime() + delay.toNanos());
                    }
                });

        long earliest = Long.MIN_VALUE;
        for (int i = 0; i < 20; i++) {
            var due = (Due) ((Supplier<?>) process.hears()).get();
            assertThat(due.latest()).isGreaterThanOrEqualTo(earliest);
            earliest = Math.max(earliest, due.earliest());
        }
    }

    @Test
    void a_timer_that_repeats_fires_again_and_again() {
        var process = house.puppet(kind);
        long start = house.node().clock().nanoTime();
        var timer = process.ask(context -> context.timers().every(MOMENT, "tick"));
        for (int i = 0; i < 5; i++) {
            assertThat(process.hears()).isEqualTo("tick");
        }

        assertThat(house.node().clock().nanoTime() - start)
                .isGreaterThanOrEqualTo(5 * MOMENT.toNanos());
        process.does(context -> timer.cancel());
        house.awaitNoTimers();
    }

    // Taken back

    @Test
    void a_cancelled_timer_does_not_fire() {
        var process = house.puppet(kind);
        process.does(
                context -> {
                    context.timers().after(MOMENT, "never").cancel();
                    context.timers().after(MOMENT, "tick");
                });

        assertThat(process.hears()).isEqualTo("tick");
        assertThat(process.heard()).isEmpty();
        house.awaitNoTimers();
    }

    @Test
    void cancel_takes_back_what_has_fired_and_counts_it() {
        var process = house.puppet(kind);
        process.does(
                context -> {
                    var timer = context.timers().after(Duration.ZERO, "never");
                    house.awaitNoTimers();
                    accepted(3); // init, this act, the tick
                    timer.cancel();
                });
        house.quiet();

        assertThat(process.heard()).isEmpty();
        assertThat(house.node().fates().dropped()).containsEntry(Fates.Dropped.TAKEN_BACK, 1L);
    }

    private void accepted(long messages) {
        Waiting.until(messages + " messages having been accepted")
                .until(() -> house.node().fates().accepted() >= messages);
    }

    @Test
    void cancel_takes_back_all_that_a_repeating_timer_has_fired() {
        var process = house.puppet(kind);
        process.does(
                context -> {
                    var timer = context.timers().every(Duration.ofMillis(1), "never");
                    accepted(12);
                    timer.cancel();
                });
        house.quiet();

        assertThat(process.heard()).isEmpty();
        house.awaitNoTimers();
    }

    @Test
    void cancelling_twice_or_late_does_nothing() {
        var process = house.puppet(kind);
        var timer = process.ask(context -> context.timers().after(Duration.ZERO, "tick"));
        assertThat(process.hears()).isEqualTo("tick");
        process.does(context -> timer.cancel());
        process.does(context -> timer.cancel());
        timer.cancel();

        house.awaitNoTimers();
    }

    // The end

    @Test
    void timers_die_with_their_process() {
        var process = house.puppet(kind);
        process.does(
                context -> {
                    for (int i = 0; i < 100; i++) {
                        context.timers().after(AGES, "never");
                        context.timers().every(AGES, "never");
                    }
                });
        assertThat(house.node().timers()).isEqualTo(200);
        house.node().kill(process.pid());

        house.awaitNoTimers();
    }

    @Test
    void a_hundred_thousand_timers_can_be_set_and_cancelled() {
        var process = house.puppet(kind);
        process.does(
                context -> {
                    for (int round = 0; round < 100; round++) {
                        var set = new ArrayList<TimerRef>();
                        for (int i = 0; i < 1_000; i++) {
                            set.add(context.timers().after(AGES, i));
                        }
                        set.forEach(TimerRef::cancel);
                    }
                });

        house.awaitNoTimers();
    }

    @Test
    void the_dead_set_no_timers() {
        var process = house.puppet(kind);
        var timers = process.ask(Context::timers);
        house.node().kill(process.pid());

        assertThatThrownBy(() -> timers.after(AGES, "never")).isInstanceOf(ProcessEnded.class);
        house.awaitNoTimers();
    }

    @Test
    void a_negative_delay_is_refused_and_so_is_a_period_of_zero() {
        var process = house.puppet(kind);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                process.does(
                                        context -> context.timers().after(MOMENT.negated(), "x")))
                .withMessageStartingWith("delay: PT-0.02S");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> process.does(context -> context.timers().every(Duration.ZERO, "x")))
                .withMessageStartingWith("period: PT0S");
        assertThatThrownBy(() -> process.does(context -> context.timers().after(MOMENT, null)))
                .isInstanceOf(NullPointerException.class);
        house.awaitNoTimers();
    }
}
