package io.coppice.supervision;

import static io.coppice.supervision.Stage.IGNORE;
import static io.coppice.supervision.Stage.OK;
import static io.coppice.supervision.Stage.fail;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Trees.child;
import static io.coppice.supervision.Trees.started;
import static io.coppice.supervision.Trees.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.process.ExitReason;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StrategiesTest {

    @Nested
    class OneForOne {

        @Test
        void restarts_the_child_alone() {
            var stage = started(ONE_FOR_ONE, "a", "b", "c").crashes("b");

            assertThat(stage.look()).containsExactly("exit b#1 boom", "start b#2");
            assertThat(stage.which()).isEqualTo("[c=c#1, b=b#2, a=a#1]");
        }

        @Test
        void leaves_children_alone_that_do_not_run() {
            var stage = started(ONE_FOR_ONE, "a", "b");
            stage.terminate("a");

            stage.crashes("b");

            assertThat(stage.which()).isEqualTo("[b=b#2, a=undefined]");
        }

        @Test
        void tries_again_until_the_child_starts() {
            var stage = started(ONE_FOR_ONE, "a", "b").plan("a", fail("e"), fail("e"), OK);

            stage.crashes("a");

            assertThat(stage.look())
                    .containsExactly(
                            "exit a#1 boom",
                            "start a#2",
                            "exit a#2 e",
                            "start a#3",
                            "exit a#3 e",
                            "start a#4");
        }

        /** OTP: one_for_one_other_child_fails_restart. */
        @Test
        void a_child_that_fails_to_restart_does_not_keep_another_from_restarting() {
            var stage = started(ONE_FOR_ONE, "a", "b").plan("a", Stage.HANG, OK).crashes("a");

            stage.crashes("b").release("a", fail("e"));

            assertThat(stage.look())
                    .containsExactly(
                            "exit a#1 boom",
                            "start a#2",
                            "exit b#1 boom",
                            "exit a#2 e",
                            "start b#2",
                            "start a#3");
        }

        @Test
        void a_child_that_ignores_its_restart_stays_down() {
            var stage = started(ONE_FOR_ONE, "a", "b").plan("a", IGNORE).crashes("a");

            assertThat(stage.look())
                    .containsExactly("exit a#1 boom", "start a#2", "exit a#2 normal");
            assertThat(stage.which()).isEqualTo("[b=b#1, a=undefined]");
        }
    }

    @Nested
    class OneForAll {

        @Test
        void stops_all_in_reverse_and_starts_all_in_order() {
            var stage = started(ONE_FOR_ALL, "a", "b", "c").crashes("b");

            assertThat(stage.look())
                    .containsExactly(
                            "exit b#1 boom",
                            "exit c#1 shutdown",
                            "exit a#1 shutdown",
                            "start a#2",
                            "start b#2",
                            "start c#2");
        }

        @Test
        void starts_children_as_well_that_did_not_run() {
            var stage =
                    started(
                            tree(
                                    ONE_FOR_ALL,
                                    child("a"),
                                    child("t", Restart.TRANSIENT),
                                    child("c")));
            stage.terminate("a");
            stage.ends("t", ExitReason.NORMAL).look();

            stage.crashes("c");

            assertThat(stage.look())
                    .containsExactly("exit c#1 boom", "start a#2", "start t#2", "start c#2");
        }

        /** OTP: temporary_bystander. */
        @Test
        void forgets_a_temporary_bystander() {
            var stage =
                    started(tree(ONE_FOR_ALL, child("a"), child("x", Restart.TEMPORARY)))
                            .crashes("a");

            assertThat(stage.look())
                    .containsExactly("exit a#1 boom", "exit x#1 shutdown", "start a#2");
            assertThat(stage.which()).isEqualTo("[a=a#2]");
        }

        /** OTP: one_for_all_other_child_fails_restart. */
        @Test
        void begins_from_the_start_when_another_child_fails_to_restart() {
            var stage = started(ONE_FOR_ALL, "a", "b", "c").plan("b", fail("e"), OK);

            stage.crashes("c");

            assertThat(stage.look())
                    .containsExactly(
                            "exit c#1 boom",
                            "exit b#1 shutdown",
                            "exit a#1 shutdown",
                            "start a#2",
                            "start b#2",
                            "exit b#2 e",
                            "exit a#2 shutdown",
                            "start a#3",
                            "start b#3",
                            "start c#2");
        }
    }

    @Nested
    class RestForOne {

        @Test
        void restarts_only_those_started_after() {
            var stage = started(REST_FOR_ONE, "a", "b", "c", "d").crashes("b");

            assertThat(stage.look())
                    .containsExactly(
                            "exit b#1 boom",
                            "exit d#1 shutdown",
                            "exit c#1 shutdown",
                            "start b#2",
                            "start c#2",
                            "start d#2");
            assertThat(stage.which()).isEqualTo("[d=d#2, c=c#2, b=b#2, a=a#1]");
        }

        /** OTP: temporary_bystander. */
        @Test
        void forgets_temporary_bystanders_that_came_after_and_keeps_those_before() {
            var stage =
                    started(
                                    tree(
                                            REST_FOR_ONE,
                                            child("x", Restart.TEMPORARY),
                                            child("a"),
                                            child("y", Restart.TEMPORARY)))
                            .crashes("a");

            assertThat(stage.which()).isEqualTo("[a=a#2, x=x#1]");
        }

        /** OTP: rest_for_one_other_child_fails_restart. */
        @Test
        void goes_on_from_a_later_child_that_fails_to_restart() {
            var stage = started(REST_FOR_ONE, "a", "b", "c").plan("b", fail("e"), OK);

            stage.crashes("a");

            assertThat(stage.look())
                    .containsExactly(
                            "exit a#1 boom",
                            "exit c#1 shutdown",
                            "exit b#1 shutdown",
                            "start a#2",
                            "start b#2",
                            "exit b#2 e",
                            "start b#3",
                            "start c#2");
        }

        @Test
        void takes_over_a_later_child_that_was_about_to_be_tried_again() {
            var stage = started(REST_FOR_ONE, "a", "b").plan("b", Stage.HANG, OK).crashes("b");

            stage.crashes("a").release("b", fail("e"));

            assertThat(stage.look())
                    .containsExactly(
                            "exit b#1 boom",
                            "start b#2",
                            "exit a#1 boom",
                            "exit b#2 e",
                            "start a#2",
                            "start b#3");
            assertThat(stage.which()).isEqualTo("[b=b#3, a=a#2]");
        }

        @Test
        void a_later_child_is_not_tried_again_while_an_earlier_one_is() {
            var stage = started(REST_FOR_ONE, "a", "b").plan("b", Stage.HANG, OK).crashes("b");
            stage.plan("a", fail("e"), OK);

            stage.crashes("a").release("b", fail("e"));

            assertThat(stage.look())
                    .containsExactly(
                            "exit b#1 boom",
                            "start b#2",
                            "exit a#1 boom",
                            "exit b#2 e",
                            "start a#2",
                            "exit a#2 e",
                            "start a#3",
                            "start b#3");
        }
    }

    @Test
    void a_second_exit_of_a_former_incarnation_is_ignored() {
        var stage = started(tree(ONE_FOR_ONE, child("a", Restart.TRANSIENT)));
        stage.plan("a", Stage.HANG, OK);
        var former = stage.child("a");
        stage.crashes("a").tell(new Inner.Exit(new Exited(former, ExitReason.NORMAL)));

        stage.release("a", fail("e")).tell(new Inner.Exit(new Exited(former, ExitReason.NORMAL)));

        assertThat(stage.look())
                .containsExactly("exit a#1 boom", "start a#2", "exit a#2 e", "start a#3");
    }
}
