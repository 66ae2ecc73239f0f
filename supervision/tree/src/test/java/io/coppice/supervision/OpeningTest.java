package io.coppice.supervision;

import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Stage.HANG;
import static io.coppice.supervision.Stage.IGNORE;
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
import io.coppice.process.Exited;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

/** When a supervisor opens its children: the start barrier. */
class OpeningTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A supervisor that is open, with children that are. */
    private static Stage open(Strategy strategy, String... ids) {
        return looked(started(strategy, ids).open());
    }

    private static Stage open(Strategy strategy, ChildSpec<?>... children) {
        return looked(started(tree(strategy, children)).open());
    }

    private static Stage looked(Stage stage) {
        assertThat(stage.lookOpened()).isNotEmpty();
        return stage;
    }

    private static Child<Object> patient(String id) {
        return child(id).backoff(Backoff.exponential(Duration.ofSeconds(1), MINUTE));
    }

    @Nested
    class TheStart {

        @Test
        void opens_nobody_before_the_supervisor_itself_is_opened() {
            var stage = started(ONE_FOR_ONE, "a", "b", "c");
            assertThat(stage.lookOpened()).isEmpty();

            stage.open();
            assertThat(stage.lookOpened()).containsExactly("a#1", "b#1", "c#1");
        }

        @Test
        void opens_a_child_once() {
            var stage = open(ONE_FOR_ALL, "a", "b");
            stage.count();
            stage.delete("b");

            assertThat(stage.lookOpened()).isEmpty();
        }

        @Test
        void passes_over_a_child_that_asked_to_be_ignored() {
            var stage =
                    Stage.of(tree(ONE_FOR_ALL, child("a"), child("b"), child("c")))
                            .plan("b", IGNORE)
                            .boot()
                            .open();

            assertThat(stage.lookOpened()).containsExactly("a#1", "c#1");
        }

        @Test
        void that_fails_at_any_child_has_opened_nobody() {
            for (var failing : List.of("a", "b", "c", "d")) {
                var stage =
                        Stage.of(tree(ONE_FOR_ONE, child("a"), child("b"), child("c"), child("d")))
                                .plan(failing, fail("e"))
                                .boot();

                assertThat(stage.end()).isPresent();
                assertThat(stage.opened).isEmpty();
            }
        }

        @ParameterizedTest
        @EnumSource(Strategy.class)
        void opens_the_next_incarnation_of_a_child_that_died_before_it_could_be_opened(
                Strategy strategy) {
            var stage = started(strategy, "a", "b").plan("a", HANG).crashes("a").open();
            assertThat(stage.lookOpened()).isEmpty();

            stage.release("a", OK);
            assertThat(stage.lookOpened())
                    .containsExactly("a#2", strategy == ONE_FOR_ONE ? "b#1" : "b#2");
        }

        @Test
        void opens_nobody_when_the_order_to_end_has_come() {
            var stage = started(REST_FOR_ONE, "a", "b").plan("b", HANG).crashes("b");
            stage.open().parentSays(ExitReason.SHUTDOWN).release("b", OK);

            assertThat(stage.end()).isPresent();
            assertThat(stage.opened).isEmpty();
        }
    }

    @Nested
    class ARestart {

        @Test
        void of_one_child_opens_it() {
            var stage = open(ONE_FOR_ONE, "a", "b", "c").crashes("b");

            assertThat(stage.lookOpened()).containsExactly("b#2");
        }

        @Test
        void of_a_group_opens_it_when_the_last_is_up() {
            var stage = open(REST_FOR_ONE, "a", "b", "c").plan("c", HANG).crashes("b");
            assertThat(stage.lookOpened()).isEmpty();

            stage.release("c", OK);
            assertThat(stage.lookOpened()).containsExactly("b#2", "c#2");
        }

        @Test
        void that_failed_for_a_later_child_opens_all_when_that_one_is_up() {
            var stage = open(REST_FOR_ONE, "a", "b", "c").plan("c", fail("e"), HANG).crashes("b");
            assertThat(stage.lookOpened()).isEmpty();

            stage.release("c", OK);
            assertThat(stage.lookOpened()).containsExactly("b#2", "c#3");
        }

        @Test
        void of_all_that_failed_opens_only_those_of_the_last_try() {
            var stage = open(ONE_FOR_ALL, "a", "b", "c").plan("c", fail("e"), OK).crashes("b");

            assertThat(stage.lookOpened()).containsExactly("a#3", "b#3", "c#3");
        }

        @Test
        void that_the_budget_does_not_allow_opens_nobody() {
            var stage =
                    looked(
                                    started(
                                                    Supervisor.supervisor("top", REST_FOR_ONE)
                                                            .restarts(1, MINUTE)
                                                            .children(child("a"), child("b")))
                                            .open())
                            .plan("b", fail("e"))
                            .crashes("a");

            assertThat(stage.end()).isPresent();
            assertThat(stage.lookOpened()).isEmpty();
        }

        @Test
        void that_waits_keeps_its_group_shut_until_it_is_made() {
            var stage =
                    open(REST_FOR_ONE, child("a"), child("b"), patient("c"))
                            .plan("c", fail("e"), OK)
                            .crashes("b");
            assertThat(stage.which()).isEqualTo("[c=restarting, b=b#2, a=a#1]");
            assertThat(stage.lookOpened()).isEmpty();

            stage.startChild(child("d"));
            assertThat(stage.lookOpened()).isEmpty();

            stage.laterIsNow();
            assertThat(stage.lookOpened()).containsExactly("b#2", "c#3", "d#2");
        }

        @Test
        void that_is_called_off_lets_the_others_open() {
            var stage =
                    open(REST_FOR_ONE, child("a"), child("b"), patient("c"))
                            .plan("c", fail("e"), OK)
                            .crashes("b");
            stage.terminate("c");

            assertThat(stage.which()).isEqualTo("[c=undefined, b=b#2, a=a#1]");
            assertThat(stage.lookOpened()).containsExactly("b#2");
        }

        @Test
        void that_waits_holds_up_nobody_where_each_is_on_its_own() {
            var stage = open(ONE_FOR_ONE, patient("a"), child("b")).crashes("a");
            stage.startChild(child("c"));
            stage.crashes("b");

            assertThat(stage.which()).isEqualTo("[c=c#1, b=b#2, a=restarting]");
            assertThat(stage.lookOpened()).containsExactly("c#1", "b#2");
        }

        @Test
        void during_which_a_member_dies_again_opens_the_group_once() {
            var stage = open(REST_FOR_ONE, "a", "b", "c").plan("c", HANG, OK).crashes("a");
            stage.crashes("b").release("c", OK);

            assertThat(stage.look())
                    .endsWith(
                            "start c#2",
                            "exit b#2 boom",
                            "exit c#2 shutdown",
                            "start b#3",
                            "start c#3");
            assertThat(stage.lookOpened()).containsExactly("a#2", "b#3", "c#3");
        }

        @Test
        void during_which_one_ends_for_good_opens_the_others() {
            var stage =
                    open(ONE_FOR_ALL, child("a"), child("b", Restart.TRANSIENT), child("c"))
                            .plan("c", HANG)
                            .crashes("a");
            stage.ends("b", ExitReason.NORMAL).release("c", OK);

            assertThat(stage.which()).isEqualTo("[c=c#2, b=undefined, a=a#2]");
            assertThat(stage.lookOpened()).containsExactly("a#2", "c#2");
        }

        @Test
        void during_which_a_stranger_dies_is_not_kept_from_opening() {
            var stage = open(ONE_FOR_ALL, "a", "b").plan("b", HANG).crashes("a");
            stage.tell(new Inner.Exit(new Exited(new Stage.Paper(99, "stranger", 1), BOOM)));
            stage.release("b", OK);

            assertThat(stage.lookOpened()).containsExactly("a#2", "b#2");
        }
    }

    @Nested
    class ARequest {

        @Test
        void to_start_a_child_opens_it_before_it_is_answered() {
            for (var strategy : Strategy.values()) {
                var stage = open(strategy, "a");
                stage.<ChildStart<Object>>ask(
                        reply ->
                                new Supervisor.Message.StartChild<>(
                                        child("b"),
                                        answer -> {
                                            stage.opened.add("answer");
                                            reply.send(answer);
                                        }));

                assertThat(stage.lookOpened()).containsExactly("b#1", "answer");
            }
        }

        @Test
        void to_start_a_child_of_a_supervisor_that_is_shut_leaves_it_shut() {
            var stage = started(ONE_FOR_ONE, "a");
            stage.startChild(child("b"));
            stage.startChild(child("c"));
            stage.terminate("b");
            assertThat(stage.lookOpened()).isEmpty();

            stage.open();
            assertThat(stage.lookOpened()).containsExactly("a#1", "c#1");
        }

        @Test
        void to_restart_a_child_opens_it() {
            var stage = open(ONE_FOR_ALL, "a", "b");
            stage.terminate("a");
            stage.restart("a");

            assertThat(stage.lookOpened()).containsExactly("a#2");
        }

        @Test
        void in_a_row_open_one_child_after_the_other() {
            var stage = open(ONE_FOR_ONE, "a").plan("b", HANG).plan("c", HANG);
            stage.startChild(child("b"));
            stage.startChild(child("c"));

            stage.release("b", OK);
            assertThat(stage.lookOpened()).containsExactly("b#1");
            stage.release("c", OK);
            assertThat(stage.lookOpened()).containsExactly("c#1");
        }
    }

    @Nested
    class ADynamicSupervisor {

        private final Stage stage =
                Stage.of(
                                dynamicSupervisor(
                                        "pool",
                                        ChildTemplate.<String, Object>each(
                                                "job",
                                                (context, argument) ->
                                                        Trees.UNUSED.create(context))))
                        .boot();

        @Test
        void opens_each_child_when_it_is_up() {
            stage.open();
            stage.startAnother(child("x"));
            stage.startAnother(child("y"));

            assertThat(stage.lookOpened()).containsExactly("x#1", "y#1");
        }

        @Test
        void that_is_shut_opens_those_that_are_left_when_it_is_opened() {
            stage.startAnother(child("x"));
            stage.startAnother(child("y"));
            stage.startAnother(child("z"));
            stage.terminate(stage.child("y"));
            stage.crashes("z");
            assertThat(stage.lookOpened()).isEmpty();

            stage.open();
            assertThat(stage.lookOpened()).containsExactly("x#1", "z#2");
        }

        @Test
        void opens_a_child_though_another_restart_fails() {
            stage.open();
            stage.startAnother(child("x"));
            stage.startAnother(patient("y"));
            stage.crashes("y");
            stage.crashes("x");

            assertThat(stage.lookOpened()).containsExactly("x#1", "y#1", "x#2");
        }
    }
}
