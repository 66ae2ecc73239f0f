package io.coppice.supervision;

import static io.coppice.supervision.Stage.HANG;
import static io.coppice.supervision.Stage.OK;
import static io.coppice.supervision.Stage.fail;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Trees.BOOM;
import static io.coppice.supervision.Trees.child;
import static io.coppice.supervision.Trees.started;
import static io.coppice.supervision.Trees.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.process.ExitReason;
import io.coppice.supervision.Supervisor.Message;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** What waits while a child is started or stopped, and what does not. */
class OneThingAtATimeTest {

    @Nested
    class Waits {

        /** Scenario s30. */
        @Test
        void requests_wait_in_order_while_a_restarted_child_is_in_init() {
            var stage = started(REST_FOR_ONE, "a", "b").plan("a", HANG).crashes("a");
            var count = stage.count();
            var terminate = stage.terminate("b");
            assertThat(count.isPending()).isTrue();
            assertThat(terminate.isPending()).isTrue();

            stage.release("a", OK);

            assertThat(count.answer()).isEqualTo(new ChildCount(2, 2, 0, 2));
            assertThat(terminate.answer()).isEqualTo(new Outcome.Done());
            assertThat(stage.look())
                    .containsExactly(
                            "exit a#1 boom",
                            "exit b#1 shutdown",
                            "start a#2",
                            "start b#2",
                            "exit b#2 shutdown");
        }

        /** Scenario s31. */
        @Test
        void requests_and_exits_wait_in_order_while_a_child_is_stopped() {
            var stage = started(ONE_FOR_ONE, "a", "b").stubborn("b");
            stage.terminate("b");
            var which = stage.<List<ChildInfo>>ask(Message.WhichChildren::new);
            stage.crashes("a");
            assertThat(which.isPending()).isTrue();

            stage.ends("b", BOOM);

            assertThat(which.answer().getLast().status()).isInstanceOf(ChildStatus.Running.class);
            assertThat(stage.look()).containsExactly("exit a#1 boom", "exit b#1 boom", "start a#2");
        }

        @Test
        void the_exits_of_children_that_are_stopped_are_not_kept() {
            var stage = started(ONE_FOR_ONE, "a", "b", "c");
            stage.parentSays(ExitReason.SHUTDOWN);

            assertThat(stage.end()).contains(ExitReason.SHUTDOWN);
            assertThat(stage.kept()).isZero();
        }

        @Test
        void a_request_that_came_before_a_failed_restart_is_served_before_the_next_try() {
            var stage = started(ONE_FOR_ONE, "a", "b").plan("a", HANG, OK).crashes("a");
            stage.terminate("b");

            stage.release("a", fail("e"));

            assertThat(stage.look())
                    .containsExactly(
                            "exit a#1 boom",
                            "start a#2",
                            "exit a#2 e",
                            "exit b#1 shutdown",
                            "start a#3");
        }

        @Test
        void a_request_to_stop_waits_like_any_other() {
            var stage = started(ONE_FOR_ONE, "a", "b").plan("a", HANG).crashes("a");

            stage.tell(new Message.Stop(ExitReason.NORMAL));
            assertThat(stage.end()).isEmpty();

            stage.release("a", OK);
            assertThat(stage.end()).contains(ExitReason.NORMAL);
        }

        @Test
        void many_deaths_during_one_operation_are_dealt_with_one_by_one() {
            var stage = started(ONE_FOR_ONE, "a", "b", "c", "d").plan("a", HANG).crashes("a");

            stage.crashes("d").crashes("b").crashes("c").release("a", OK);

            assertThat(stage.look())
                    .endsWith(
                            "start a#2",
                            "exit d#1 boom",
                            "exit b#1 boom",
                            "exit c#1 boom",
                            "start d#2",
                            "start b#2",
                            "start c#2");
        }
    }

    /** OTP's supervisor is blocked, and obeys only afterwards; this one lets an operation begin. */
    @Nested
    class TheParentsOrder {

        @Test
        void waits_its_turn_while_that_comes_soon() {
            var stage = started(ONE_FOR_ALL, "a", "b").plan("a", HANG).crashes("b");
            var which = stage.<List<ChildInfo>>ask(Message.WhichChildren::new);

            stage.parentSays(BOOM).release("a", OK);

            assertThat(which.answer()).hasSize(2);
            assertThat(stage.look())
                    .containsExactly(
                            "exit b#1 boom",
                            "exit a#1 shutdown",
                            "start a#2",
                            "start b#2",
                            "exit b#2 shutdown",
                            "exit a#2 shutdown",
                            "end boom");
            assertThat(stage.laterIsNow().look()).isEmpty();
        }

        @Test
        void that_has_had_its_turn_does_not_come_again() {
            var stage = started(ONE_FOR_ONE, "a", "b").plan("a", HANG).crashes("a").stubborn("b");
            stage.parentSays(BOOM).release("a", OK);

            stage.laterIsNow().ends("b", ExitReason.SHUTDOWN);

            assertThat(stage.look()).endsWith("exit b#1 shutdown", "exit a#2 shutdown", "end boom");
        }

        private static Stage overdue(Stage stage) {
            return stage.parentSays(BOOM).laterIsNow();
        }

        @Test
        void gets_in_at_once_if_the_operation_is_older_than_the_grace() {
            var stage = started(ONE_FOR_ONE, "a").plan("a", HANG).crashes("a").millis(100);

            stage.parentSays(BOOM);

            assertThat(stage.look())
                    .containsExactly("exit a#1 boom", "start a#2", "exit a#2 shutdown", "end boom");
        }

        @Test
        void waits_no_longer_than_the_operation_is_young() {
            var stage = started(ONE_FOR_ONE, "a").plan("a", HANG).crashes("a").millis(70);

            stage.parentSays(BOOM);

            assertThat(stage.look()).containsExactly("exit a#1 boom", "start a#2");
            assertThat(stage.delays).containsExactly(Duration.ofMillis(30));
        }

        @Test
        void counts_the_age_of_the_whole_operation() {
            var stage = started(ONE_FOR_ALL, "a", "b").stubborn("a").crashes("b").millis(70);
            stage.plan("a", HANG).ends("a", ExitReason.SHUTDOWN).millis(10).parentSays(BOOM);

            assertThat(stage.delays).containsExactly(Duration.ofMillis(20));
        }

        @Test
        void counts_the_age_from_the_operation_under_way_and_not_from_an_earlier_one() {
            var stage = started(ONE_FOR_ONE, "a").crashes("a").millis(500);
            stage.plan("a", HANG).crashes("a").millis(1).parentSays(BOOM);

            assertThat(stage.delays).containsExactly(Duration.ofMillis(99));
        }

        @Test
        void gets_in_while_a_child_is_restarted_which_is_then_stopped_in_its_place() {
            var stage = started(ONE_FOR_ONE, "a", "b", "c").plan("b", HANG).crashes("b");

            overdue(stage);

            assertThat(stage.look())
                    .containsExactly(
                            "exit b#1 boom",
                            "start b#2",
                            "exit c#1 shutdown",
                            "exit b#2 shutdown",
                            "exit a#1 shutdown",
                            "end boom");
        }

        @Test
        void gets_in_while_a_group_is_restarted_whose_rest_is_not_started_any_more() {
            var stage = started(ONE_FOR_ALL, "a", "b", "c").plan("b", HANG).crashes("a");

            overdue(stage);

            assertThat(stage.look())
                    .endsWith(
                            "start a#2",
                            "start b#2",
                            "exit b#2 shutdown",
                            "exit a#2 shutdown",
                            "end boom");
        }

        @Test
        void gets_in_during_the_start_which_fails_with_its_reason() {
            var stage = Stage.of(tree(ONE_FOR_ONE, child("a"), child("b"))).plan("b", HANG).boot();

            overdue(stage);

            assertThat(stage.look())
                    .containsExactly(
                            "start a#1",
                            "start b#1",
                            "exit b#1 shutdown",
                            "exit a#1 shutdown",
                            "end boom");
        }

        @Test
        void gets_in_before_requests_which_are_then_not_answered() {
            var stage = started(ONE_FOR_ONE, "a").plan("b", HANG);
            var start = stage.startChild(child("b"));
            var count = stage.count();

            overdue(stage);

            assertThat(start.isPending()).isTrue();
            assertThat(count.isPending()).isTrue();
            assertThat(stage.look())
                    .containsExactly(
                            "start b#1", "exit b#1 shutdown", "exit a#1 shutdown", "end boom");
        }

        @Test
        void gets_in_after_a_child_that_is_being_stopped_and_before_all_else() {
            var stage = started(ONE_FOR_ONE, "a", "b", "c").stubborn("a");
            var answer = stage.terminate("a");
            var later = stage.terminate("c");

            overdue(stage);
            assertThat(stage.look()).isEmpty();

            stage.ends("a", ExitReason.SHUTDOWN);
            assertThat(answer.answer()).isEqualTo(new Outcome.Done());
            assertThat(later.isPending()).isTrue();
            assertThat(stage.look())
                    .containsExactly(
                            "exit a#1 shutdown",
                            "exit c#1 shutdown",
                            "exit b#1 shutdown",
                            "end boom");
        }

        @Test
        void gets_in_while_a_group_is_stopped_which_is_not_started_again() {
            var stage = started(ONE_FOR_ALL, "a", "b", "c").stubborn("b").crashes("c");

            overdue(stage).ends("b", ExitReason.SHUTDOWN);

            assertThat(stage.look())
                    .containsExactly(
                            "exit c#1 boom", "exit b#1 shutdown", "exit a#1 shutdown", "end boom");
        }

        @Test
        void does_not_get_in_while_it_is_ending_already() {
            var tree =
                    Supervisor.supervisor("top", ONE_FOR_ONE)
                            .restarts(0, Trees.MINUTE)
                            .children(child("a"), child("b"), child("c"));
            var stage = started(tree).stubborn("b").crashes("c");

            overdue(stage).ends("b", ExitReason.SHUTDOWN);

            assertThat(stage.look())
                    .containsExactly(
                            "exit c#1 boom",
                            "exit b#1 shutdown",
                            "exit a#1 shutdown",
                            "end shutdown");
        }
    }
}
