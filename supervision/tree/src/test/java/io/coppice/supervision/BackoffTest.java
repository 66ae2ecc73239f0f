package io.coppice.supervision;

import static io.coppice.supervision.Backoff.exponential;
import static io.coppice.supervision.Stage.HANG;
import static io.coppice.supervision.Stage.OK;
import static io.coppice.supervision.Stage.fail;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Trees.BOOM;
import static io.coppice.supervision.Trees.MINUTE;
import static io.coppice.supervision.Trees.child;
import static io.coppice.supervision.Trees.started;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;

import io.coppice.process.ExitReason;
import io.coppice.supervision.Supervisor.Message;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** How long a restart waits, and what happens meanwhile. */
class BackoffTest {

    private static final Backoff BACKOFF = exponential(ofMillis(100), ofMillis(700));

    private static Child<Object> slow(String id) {
        return child(id).backoff(BACKOFF);
    }

    private static Stage of(Strategy strategy, ChildSpec<?>... children) {
        return started(
                Supervisor.supervisor("top", strategy).restarts(5, MINUTE).children(children));
    }

    @Property(tries = 1_000)
    void delays_never_shrink_and_never_exceed_the_cap(
            @ForAll @LongRange(min = 1, max = 10_000_000_000L) long first,
            @ForAll @LongRange(min = 0, max = 10_000_000_000L) long more,
            @ForAll @IntRange(min = 1, max = 80) int failures) {
        var backoff = exponential(ofNanos(first), ofNanos(first + more));
        var delay = backoff.delay(failures);

        assertThat(delay).isBetween(ofNanos(first), ofNanos(first + more));
        assertThat(backoff.delay(failures + 1)).isGreaterThanOrEqualTo(delay);
    }

    @Nested
    class Delays {

        @Test
        void double_up_to_the_cap() {
            var delays = IntStream.rangeClosed(1, 6).mapToObj(BACKOFF::delay).toList();

            assertThat(delays)
                    .containsExactly(
                            ofMillis(100),
                            ofMillis(200),
                            ofMillis(400),
                            ofMillis(700),
                            ofMillis(700),
                            ofMillis(700));
        }

        @Test
        void do_not_overflow_however_often_a_child_fails() {
            var year = Duration.ofDays(365);

            assertThat(exponential(ofNanos(1), year).delay(Integer.MAX_VALUE)).isEqualTo(year);
        }

        @Test
        void of_no_failure_there_are_none() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BACKOFF.delay(0))
                    .withMessage("failures: 0, must be 1 or more");
        }
    }

    @Nested
    class Options {

        @Test
        void the_defaults_are_a_jitter_of_a_fifth_and_a_reset_after_the_cap() {
            assertThat(BACKOFF)
                    .isEqualTo(new Backoff(ofMillis(100), ofMillis(700), 0.2, ofMillis(700)));
            assertThat(BACKOFF.jitter(1).resetAfter(MINUTE))
                    .isEqualTo(new Backoff(ofMillis(100), ofMillis(700), 1, MINUTE));
            assertThat(BACKOFF).hasToString("back-off PT0.1S to PT0.7S");
        }

        @Test
        void what_cannot_be_meant_is_refused_by_name_and_value() {
            assertRefused(
                    () -> exponential(Duration.ZERO, MINUTE),
                    "first of a back-off: PT0S, must be greater than zero");
            assertRefused(
                    () -> exponential(MINUTE, ofSeconds(59)),
                    "cap of a back-off: PT59S, below PT1M");
            assertRefused(
                    () -> exponential(MINUTE, Duration.ofDays(366)),
                    "cap of a back-off: PT8784H, above a year");
            assertThat(BACKOFF.jitter(0).jitter()).isZero();
            assertRefused(() -> BACKOFF.jitter(1.01), "jitter: 1.01, not in 0 to 1");
            assertRefused(() -> BACKOFF.jitter(-0.01), "jitter: -0.01, not in 0 to 1");
            assertRefused(() -> BACKOFF.jitter(Double.NaN), "jitter: NaN, not in 0 to 1");
            assertRefused(
                    () -> BACKOFF.resetAfter(ChronoUnit.FOREVER.getDuration()),
                    "resetAfter of a back-off: PT2562047788015215H30M7.999999999S, above a year");
            assertRefused(
                    () -> BACKOFF.resetAfter(ofMillis(-1)),
                    "resetAfter of a back-off: PT-0.001S, must be greater than zero");
        }

        private static void assertRefused(Runnable option, String message) {
            assertThatIllegalArgumentException().isThrownBy(option::run).withMessage(message);
        }
    }

    @Nested
    class Restarts {

        @Test
        void wait_for_the_delay_with_the_jitter_of_the_child() {
            var stage = of(ONE_FOR_ONE, slow("a")).crashes("a");

            assertThat(stage.look()).containsExactly("exit a#1 boom");
            assertThat(stage.delays).containsExactly(ofMillis(100));
            assertThat(stage.jitters).containsExactly(0.2);
            assertThat(stage.which()).isEqualTo("[a=restarting]");

            stage.laterIsNow();
            assertThat(stage.look()).containsExactly("start a#2");
        }

        @Test
        void wait_longer_each_time_whether_the_child_crashes_or_does_not_start() {
            var stage = of(ONE_FOR_ONE, slow("a")).plan("a", OK, fail("e"), fail("e"), OK);
            stage.crashes("a").laterIsNow().crashes("a");
            stage.laterIsNow().laterIsNow().laterIsNow().crashes("a");

            assertThat(stage.delays)
                    .containsExactly(
                            ofMillis(100),
                            ofMillis(200),
                            ofMillis(400),
                            ofMillis(700),
                            ofMillis(700));
        }

        @Test
        void wait_as_at_first_when_the_child_has_run_long_enough() {
            var stage = of(ONE_FOR_ONE, slow("a"));
            stage.crashes("a").laterIsNow().crashes("a").laterIsNow();

            stage.millis(699).crashes("a").laterIsNow();
            stage.millis(700).crashes("a").laterIsNow();
            stage.crashes("a");

            assertThat(stage.delays)
                    .containsExactly(
                            ofMillis(100),
                            ofMillis(200),
                            ofMillis(400),
                            ofMillis(100),
                            ofMillis(200));
        }

        @Test
        void wait_as_at_first_when_the_child_had_run_long_enough_before_it_was_stopped() {
            var stage = of(ONE_FOR_ALL, slow("a"), child("b"));
            stage.crashes("a").laterIsNow().crashes("a").laterIsNow();

            stage.millis(700).crashes("b").crashes("a");

            assertThat(stage.delays).containsExactly(ofMillis(100), ofMillis(200), ofMillis(100));
        }

        @Test
        void go_on_growing_when_the_child_had_not_run_long_enough_before_it_was_stopped() {
            var stage = of(ONE_FOR_ALL, slow("a"), child("b")).crashes("a").laterIsNow();

            stage.millis(699).crashes("b").crashes("a");

            assertThat(stage.delays).containsExactly(ofMillis(100), ofMillis(200));
        }

        @Test
        void of_others_do_not_wait_and_requests_are_served_meanwhile() {
            var stage = of(ONE_FOR_ONE, slow("a"), child("b")).crashes("a").crashes("b");

            assertThat(stage.look()).containsExactly("exit a#1 boom", "exit b#1 boom", "start b#2");
            assertThat(stage.count().answer()).isEqualTo(new ChildCount(2, 1, 0, 2));
            assertThat(stage.restart("a").answer())
                    .isEqualTo(new ChildStart.Refused<>(new Refusal.Restarting()));
        }

        @Test
        void are_called_off_when_the_child_is_terminated() {
            var stage = of(ONE_FOR_ONE, slow("a")).crashes("a");
            stage.terminate("a");
            stage.look();

            assertThat(stage.delayed).isEmpty();
            assertThat(stage.laterIsNow().look()).isEmpty();
        }

        @Test
        void that_are_out_of_date_do_not_meet_a_later_incarnation() {
            var stage = of(ONE_FOR_ONE, slow("a")).crashes("a");
            var late = stage.delayed.getFirst();
            stage.terminate("a");
            stage.restart("a");
            stage.crashes("a").look();

            stage.tell(late);
            assertThat(stage.look()).isEmpty();

            stage.laterIsNow();
            assertThat(stage.look()).containsExactly("start a#3");
        }

        @Test
        void of_a_dynamic_child_wait_as_well() {
            ChildTemplate<Object, Object> each =
                    ChildTemplate.each("x", (context, argument) -> Trees.UNUSED.create(context));
            var stage =
                    Stage.of(DynamicSupervisor.dynamicSupervisor("top", each).restarts(5, MINUTE))
                            .boot();
            stage.startAnother(slow("x"));
            stage.look();

            stage.crashes("x");
            assertThat(stage.look()).containsExactly("exit x#1 boom");
            assertThat(stage.laterIsNow().look()).containsExactly("start x#2");
        }
    }

    @Nested
    class Groups {

        @Test
        void are_stopped_at_once_and_started_after_the_delay() {
            var stage = of(REST_FOR_ONE, child("a"), slow("b"), child("c"), child("d"));

            stage.crashes("b");
            assertThat(stage.look())
                    .containsExactly("exit b#1 boom", "exit d#1 shutdown", "exit c#1 shutdown");
            assertThat(stage.which()).isEqualTo("[d=undefined, c=undefined, b=restarting, a=a#1]");

            assertThat(stage.laterIsNow().look())
                    .containsExactly("start b#2", "start c#2", "start d#2");
        }

        @Test
        void one_for_all_stop_wholly() {
            var stage = of(ONE_FOR_ALL, child("a"), slow("b"), child("c")).crashes("b");

            assertThat(stage.look())
                    .containsExactly("exit b#1 boom", "exit c#1 shutdown", "exit a#1 shutdown");
            assertThat(stage.laterIsNow().look())
                    .containsExactly("start a#2", "start b#2", "start c#2");
        }

        @Test
        void wait_with_the_delay_of_the_member_that_did_not_start() {
            var stage = of(ONE_FOR_ALL, child("a"), slow("b")).plan("b", fail("e")).crashes("a");

            assertThat(stage.look())
                    .containsExactly(
                            "exit a#1 boom",
                            "exit b#1 shutdown",
                            "start a#2",
                            "start b#2",
                            "exit b#2 e",
                            "exit a#2 shutdown");
            assertThat(stage.laterIsNow().look()).containsExactly("start a#3", "start b#3");
        }

        @Test
        void in_which_another_fails_meanwhile_are_restarted_once() {
            var stage = of(REST_FOR_ONE, child("a"), slow("b"), child("c")).crashes("b");
            stage.look();

            stage.crashes("a");
            assertThat(stage.look())
                    .containsExactly("exit a#1 boom", "start a#2", "start b#2", "start c#2");
            assertThat(stage.delayed).isEmpty();
        }

        @Test
        void whose_stop_takes_its_time_wait_after_it() {
            var stage = of(ONE_FOR_ALL, slow("a"), child("b")).stubborn("b").crashes("a");
            assertThat(stage.delays).isEmpty();

            stage.ends("b", ExitReason.SHUTDOWN);
            assertThat(stage.delays).containsExactly(ofMillis(100));
        }

        @Test
        void that_wait_are_stopped_by_an_order_of_the_parent() {
            var stage = of(ONE_FOR_ALL, slow("a"), child("b")).crashes("a");
            stage.look();

            assertThat(stage.parentSays(BOOM).look()).containsExactly("end boom");
        }
    }

    @Nested
    class Budget {

        private static Stage allowing(int restarts, Duration period) {
            return started(
                    Supervisor.supervisor("top", ONE_FOR_ONE)
                            .restarts(restarts, period)
                            .children(child("a").backoff(exponential(ofSeconds(2), ofSeconds(2)))));
        }

        @Test
        void is_spent_when_the_restart_is_made() {
            var stage = allowing(2, ofSeconds(5));

            for (int i = 0; i < 10; i++) {
                stage.crashes("a").seconds(2);
                if (stage.end().isPresent()) {
                    break;
                }
                stage.laterIsNow();
            }

            assertThat(stage.delays).hasSize(2);
            assertThat(stage.end()).contains(ExitReason.SHUTDOWN);
        }

        @Test
        void is_never_spent_by_a_child_whose_delays_are_long() {
            var stage = allowing(2, ofSeconds(3));

            for (int i = 0; i < 100; i++) {
                stage.crashes("a").seconds(2).laterIsNow();
            }

            assertThat(stage.end()).isEmpty();
        }

        @Test
        void names_when_the_children_failed_and_not_when_they_were_to_be_restarted() {
            var stage = allowing(1, ofSeconds(5)).crashes("a").seconds(2).laterIsNow();

            stage.millis(500).crashes("a");

            assertThat(((GaveUp) ((ExitReason.Shutdown) stage.reason()).detail()).failures())
                    .extracting(GaveUp.Failure::before)
                    .containsExactly(ofMillis(2_500), Duration.ZERO);
        }

        @Test
        void that_will_not_suffice_is_not_waited_for() {
            var stage = allowing(0, MINUTE).crashes("a");

            assertThat(stage.delays).isEmpty();
            assertThat(stage.end()).contains(ExitReason.SHUTDOWN);
        }

        @Test
        void is_not_spent_by_a_restart_that_is_called_off() {
            var stage = allowing(1, MINUTE);
            stage.crashes("a");
            stage.terminate("a");
            stage.laterIsNow();
            stage.restart("a");

            stage.crashes("a").laterIsNow();

            assertThat(stage.end()).isEmpty();
            assertThat(stage.isAlive("a")).isTrue();
        }
    }

    @Test
    void a_request_waits_while_the_others_are_stopped_and_not_while_the_restart_waits() {
        var stage = of(ONE_FOR_ALL, slow("a"), child("b")).stubborn("b").plan("a", OK, HANG);
        stage.crashes("a");
        var which = stage.<List<ChildInfo>>ask(Message.WhichChildren::new);
        assertThat(which.isPending()).isTrue();

        stage.ends("b", ExitReason.SHUTDOWN);
        assertThat(which.isPending()).isFalse();
    }

    @Test
    void the_delay_is_told() {
        var stage = of(ONE_FOR_ONE, slow("a")).crashes("a");

        assertThat(stage.events)
                .last()
                .isEqualTo(new TreeEvent.RestartDelayed(stage.self(), "top/a", 1, ofMillis(100)));
    }
}
