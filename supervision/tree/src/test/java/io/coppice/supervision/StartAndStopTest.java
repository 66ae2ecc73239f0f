package io.coppice.supervision;

import static io.coppice.supervision.Stage.HANG;
import static io.coppice.supervision.Stage.IGNORE;
import static io.coppice.supervision.Stage.fail;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
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

/** The start of a supervisor, its end, and how one child is stopped. */
class StartAndStopTest {

    @Nested
    class Start {

        @Test
        void children_start_in_order_and_one_after_the_other() {
            var stage =
                    Stage.of(tree(ONE_FOR_ONE, child("a"), child("b"), child("c")))
                            .plan("b", HANG)
                            .boot();
            assertThat(stage.look()).containsExactly("start a#1", "start b#1");

            stage.release("b", Stage.OK);
            assertThat(stage.look()).containsExactly("start c#1", "started");
        }

        @Test
        void a_supervisor_without_children_starts() {
            assertThat(Stage.of(tree(ONE_FOR_ONE)).boot().look()).containsExactly("started");
        }

        @Test
        void a_child_that_fails_is_not_tried_again_and_those_before_it_are_stopped() {
            var stage =
                    Stage.of(tree(ONE_FOR_ONE, child("a"), child("b"), child("c"), child("d")))
                            .plan("c", fail("e"))
                            .boot();

            assertThat(stage.look())
                    .containsExactly(
                            "start a#1",
                            "start b#1",
                            "start c#1",
                            "exit c#1 e",
                            "exit b#1 shutdown",
                            "exit a#1 shutdown",
                            "end shutdown: failed to start c: e");
            assertThat(stage.end())
                    .contains(
                            ExitReason.shutdown(
                                    new FailedToStartChild("c", ExitReason.custom("e"))));
        }

        @Test
        void a_child_that_asks_to_be_ignored_stays_known_unless_it_is_temporary() {
            var stage =
                    Stage.of(
                                    tree(
                                            ONE_FOR_ONE,
                                            child("a"),
                                            child("b"),
                                            child("x", Restart.TEMPORARY)))
                            .plan("a", IGNORE)
                            .plan("x", IGNORE)
                            .boot();

            assertThat(stage.trace).endsWith("started");
            assertThat(stage.which()).isEqualTo("[b=b#1, a=undefined]");
        }

        @Test
        void a_child_that_dies_while_the_next_one_starts_is_restarted_after_the_start() {
            var stage = Stage.of(tree(ONE_FOR_ONE, child("a"), child("b"))).plan("b", HANG).boot();

            stage.crashes("a").release("b", Stage.OK);

            assertThat(stage.look())
                    .containsExactly(
                            "start a#1", "start b#1", "exit a#1 boom", "started", "start a#2");
        }
    }

    @Nested
    class End {

        @Test
        void the_parents_exit_stops_the_children_in_reverse_and_passes_its_reason_on() {
            var stage = started(ONE_FOR_ONE, "a", "b", "c").parentSays(BOOM);

            assertThat(stage.look())
                    .containsExactly(
                            "exit c#1 shutdown",
                            "exit b#1 shutdown",
                            "exit a#1 shutdown",
                            "end boom");
        }

        @Test
        void a_parent_that_ends_normally_ends_the_supervisor_too() {
            assertThat(started(ONE_FOR_ONE, "a").parentSays(ExitReason.NORMAL).end())
                    .contains(ExitReason.NORMAL);
        }

        @Test
        void a_request_to_stop_ends_it_likewise() {
            var stage = started(ONE_FOR_ONE, "a").tell(new Message.Stop(ExitReason.NORMAL));

            assertThat(stage.look()).containsExactly("exit a#1 shutdown", "end normal");
        }

        @Test
        void children_that_do_not_run_are_passed_over() {
            var stage = started(ONE_FOR_ONE, "a", "b");
            stage.terminate("b");
            stage.look();

            stage.parentSays(ExitReason.SHUTDOWN);

            assertThat(stage.look()).containsExactly("exit a#1 shutdown", "end shutdown");
        }

        @Test
        void children_are_stopped_one_after_the_other() {
            var stage = started(tree(ONE_FOR_ONE, child("a"), child("b"))).stubborn("b");

            stage.parentSays(ExitReason.SHUTDOWN);
            assertThat(stage.look()).isEmpty();

            stage.ends("b", BOOM);
            assertThat(stage.look())
                    .containsExactly("exit b#1 boom", "exit a#1 shutdown", "end shutdown");
        }

        @Test
        void the_first_reason_counts() {
            var stage = started(ONE_FOR_ONE, "a").stubborn("a").parentSays(ExitReason.SHUTDOWN);

            stage.parentSays(BOOM).ends("a", ExitReason.NORMAL);

            assertThat(stage.end()).contains(ExitReason.SHUTDOWN);
        }
    }

    @Nested
    class Modes {

        private static Stage with(ShutdownMode mode) {
            return started(tree(ONE_FOR_ONE, child("a").shutdown(mode))).stubborn("a");
        }

        @Test
        void immediately_kills() {
            var stage = with(ShutdownMode.immediately());

            stage.terminate("a");

            assertThat(stage.look()).containsExactly("exit a#1 killed");
            assertThat(stage.events(TreeEvent.ChildOverdue.class)).isEmpty();
            assertThat(stage.events(TreeEvent.ChildStopped.class))
                    .singleElement()
                    .matches(it -> !it.isOdd());
        }

        @Test
        void within_a_time_kills_when_the_time_is_over_and_says_so() {
            var stage = with(ShutdownMode.within(Duration.ofSeconds(2)));
            var answer = stage.terminate("a");
            assertThat(stage.timer()).contains(Duration.ofSeconds(2));
            assertThat(answer.isPending()).isTrue();

            stage.timeIsOver();

            assertThat(stage.look()).containsExactly("exit a#1 killed");
            assertThat(answer.answer()).isEqualTo(new Outcome.Done());
            assertThat(stage.events(TreeEvent.ChildOverdue.class)).hasSize(1);
        }

        @Test
        void within_a_time_does_not_kill_who_stops_in_time() {
            var stage = with(ShutdownMode.within(Duration.ofSeconds(2)));
            stage.terminate("a");

            stage.ends("a", ExitReason.SHUTDOWN);

            assertThat(stage.timer()).isEmpty();
            assertThat(stage.events(TreeEvent.ChildOverdue.class)).isEmpty();
            assertThat(stage.events(TreeEvent.ChildStopped.class))
                    .singleElement()
                    .matches(it -> !it.isOdd());
        }

        @Test
        void within_no_time_asks_and_kills_at_once() {
            var stage = with(ShutdownMode.within(Duration.ZERO));

            stage.terminate("a");

            assertThat(stage.look()).containsExactly("exit a#1 killed");
            assertThat(stage.timer()).isEmpty();
        }

        @Test
        void patiently_waits_without_a_timer() {
            var stage = with(ShutdownMode.patiently());
            var answer = stage.terminate("a");
            assertThat(stage.timer()).isEmpty();
            assertThat(answer.isPending()).isTrue();

            stage.ends("a", ExitReason.SHUTDOWN);

            assertThat(answer.answer()).isEqualTo(new Outcome.Done());
        }

        @Test
        void a_worker_has_five_seconds_and_a_supervisor_all_the_time_in_the_world() {
            assertThat(child("a").shutdown()).isEqualTo(ShutdownMode.within(Duration.ofSeconds(5)));
            assertThat(child("a").supervisorType().shutdown()).isEqualTo(ShutdownMode.patiently());
            assertThat(tree(ONE_FOR_ONE).shutdown()).isEqualTo(ShutdownMode.patiently());
        }

        @Test
        void a_child_that_ends_otherwise_than_asked_is_reported() {
            var stage = with(ShutdownMode.patiently());
            stage.terminate("a");

            stage.ends("a", BOOM);

            assertThat(stage.events(TreeEvent.ChildStopped.class))
                    .singleElement()
                    .matches(TreeEvent.ChildStopped::isOdd);
        }
    }

    /** OTP: child_unlink. */
    @Nested
    class ChildrenThatUnlink {

        @Test
        void a_child_that_unlinks_its_supervisor_is_still_stopped() {
            var stage = started(ONE_FOR_ONE, "a", "b").unlinks("b");

            stage.parentSays(ExitReason.SHUTDOWN);

            assertThat(stage.look())
                    .containsExactly("exit b#1 shutdown", "exit a#1 shutdown", "end shutdown");
        }

        @Test
        void one_that_unlinks_and_dies_is_not_noticed_until_it_is_terminated() {
            var stage = started(ONE_FOR_ONE, "a", "b").unlinks("a").ends("a", ExitReason.NORMAL);
            assertThat(stage.which()).isEqualTo("[b=b#1, a=a#1]");
            assertThat(stage.count().answer()).isEqualTo(new ChildCount(2, 1, 0, 2));

            assertThat(stage.restart("a").answer())
                    .isEqualTo(new ChildStart.Refused<>(new Refusal.Running()));
            assertThat(stage.terminate("a").answer()).isEqualTo(new Outcome.Done());

            assertThat(stage.which()).isEqualTo("[b=b#1, a=undefined]");
        }

        @Test
        void one_that_dies_just_before_it_is_stopped_is_not_restarted_afterwards() {
            var stage = started(ONE_FOR_ALL, "a", "b", "c").stubborn("c").crashes("a");

            stage.crashes("b").ends("c", ExitReason.SHUTDOWN);

            assertThat(stage.look())
                    .containsExactly(
                            "exit a#1 boom",
                            "exit b#1 boom",
                            "exit c#1 shutdown",
                            "start a#2",
                            "start b#2",
                            "start c#2");
        }
    }
}
