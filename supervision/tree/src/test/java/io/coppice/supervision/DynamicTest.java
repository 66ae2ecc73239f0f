package io.coppice.supervision;

import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Stage.HANG;
import static io.coppice.supervision.Stage.IGNORE;
import static io.coppice.supervision.Stage.OK;
import static io.coppice.supervision.Stage.fail;
import static io.coppice.supervision.Trees.BOOM;
import static io.coppice.supervision.Trees.MINUTE;
import static io.coppice.supervision.Trees.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** OTP: simple_one_for_one*, significant_simple_one_for_one and so on. */
class DynamicTest {

    private static final ChildTemplate<String, Object> TEMPLATE =
            each(
                    "session",
                    (context, argument) -> {
                        throw new AssertionError("pure tests start nothing");
                    });

    private static DynamicSupervisor<String, Object> sessions() {
        return dynamicSupervisor("sessions", TEMPLATE).restarts(3, MINUTE);
    }

    private static Stage booted(DynamicSupervisor<String, Object> tree) {
        var stage = Stage.of(tree).boot();
        assertThat(stage.look()).containsExactly("started");
        return stage;
    }

    /** With children of these ids, which tests tell apart though their supervisor does not. */
    private static Stage withChildren(Child<Object> like, String... ids) {
        var stage = booted(sessions());
        for (var id : ids) {
            stage.startAnother(like(like, id));
        }
        stage.look();
        return stage;
    }

    private static Child<Object> like(Child<Object> like, String id) {
        return child(id, like.restart()).shutdown(like.shutdown());
    }

    private static Stage withChildren(String... ids) {
        return withChildren(child("like"), ids);
    }

    @Test
    void it_starts_without_children() {
        assertThat(booted(sessions()).which()).isEqualTo("[]");
    }

    @Test
    void children_are_started_on_request() {
        var stage = booted(sessions());

        var answer = stage.startAnother(child("x")).answer();

        assertThat(answer).isInstanceOf(ChildStart.Started.class);
        assertThat(stage.which()).isEqualTo("[x=x#1]");
    }

    @Test
    void a_child_that_does_not_start_or_asks_to_be_ignored_leaves_no_trace() {
        var stage = booted(sessions()).plan("x", fail("e")).plan("y", IGNORE);

        assertThat(stage.startAnother(child("x")).answer())
                .isEqualTo(
                        new ChildStart.Refused<>(new Refusal.StartFailed(ExitReason.custom("e"))));
        assertThat(stage.startAnother(child("y")).answer()).isEqualTo(new ChildStart.Ignored<>());

        assertThat(stage.which()).isEqualTo("[]");
    }

    @Test
    void a_child_is_restarted_alone() {
        var stage = withChildren("x", "y", "z").crashes("y");

        assertThat(stage.look()).containsExactly("exit y#1 boom", "start y#2");
        assertThat(stage.which()).isEqualTo("[z=z#1, y=y#2, x=x#1]");
    }

    @Test
    void a_child_that_ends_and_is_not_restarted_is_forgotten() {
        for (var restart : new Restart[] {Restart.TRANSIENT, Restart.TEMPORARY}) {
            var stage = withChildren(child("like", restart), "x").ends("x", ExitReason.NORMAL);

            assertThat(stage.which()).isEqualTo("[]");
            assertThat(stage.count().answer()).isEqualTo(new ChildCount(1, 0, 0, 0));
        }
    }

    @Test
    void one_restart_too_many_stops_all_and_ends_with_shutdown() {
        var stage = withChildren("x", "y");

        stage.crashes("x").crashes("x").crashes("x").crashes("x");

        assertThat(stage.look()).endsWith("exit x#4 boom", "exit y#1 shutdown", "end shutdown");
    }

    @Nested
    class MaxChildren {

        private static final ChildStart<Object> REFUSED =
                new ChildStart.Refused<>(new Refusal.MaxChildren(2));

        private final Stage stage = booted(sessions().maxChildren(2));

        @Test
        void one_child_too_many_is_refused_and_leaves_no_trace() {
            stage.startAnother(child("x"));
            stage.startAnother(child("y"));

            assertThat(stage.startAnother(child("z")).answer()).isEqualTo(REFUSED);
            assertThat(stage.which()).isEqualTo("[y=y#1, x=x#1]");
        }

        @Test
        void a_child_that_has_ended_makes_room() {
            stage.startAnother(child("x", Restart.TEMPORARY));
            stage.startAnother(child("y"));
            stage.crashes("x");

            assertThat(stage.startAnother(child("z")).answer())
                    .isInstanceOf(ChildStart.Started.class);
        }

        @Test
        void a_child_that_is_being_started_or_restarted_counts() {
            stage.plan("x", OK, HANG).plan("y", HANG);
            stage.startAnother(child("x"));
            stage.startAnother(child("y"));
            var duringStart = stage.startAnother(child("z"));
            stage.release("y", OK);
            stage.crashes("x");
            var duringRestart = stage.startAnother(child("z"));
            stage.release("x", OK);

            assertThat(duringStart.answer()).isEqualTo(REFUSED);
            assertThat(duringRestart.answer()).isEqualTo(REFUSED);
        }

        @Test
        void a_start_that_failed_does_not_count() {
            stage.plan("x", fail("e"));
            stage.startAnother(child("x"));
            stage.startAnother(child("y"));

            assertThat(stage.startAnother(child("z")).answer())
                    .isInstanceOf(ChildStart.Started.class);
        }

        @Test
        void with_zero_none_is_started() {
            var none = booted(sessions().maxChildren(0));

            assertThat(none.startAnother(child("x")).answer())
                    .isEqualTo(new ChildStart.Refused<>(new Refusal.MaxChildren(0)));
        }

        @Test
        void is_kept_by_the_other_options_and_is_unlimited_by_default() {
            var tree = sessions().maxChildren(7).restarts(1, MINUTE).restart(Restart.TRANSIENT);

            assertThat(tree.maxChildren()).hasValue(7);
            assertThat(sessions().maxChildren()).isEmpty();
        }

        @Test
        void below_zero_it_dies_where_it_is_written() {
            assertThatThrownBy(() -> sessions().maxChildren(-1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxChildren of sessions: -1, must be 0 or more");
        }
    }

    @Nested
    class Restarting {

        private final Stage stage = withChildren("x", "y").plan("x", HANG);

        @Test
        void a_child_that_fails_to_restart_is_tried_again() {
            stage.crashes("x").release("x", fail("e"));

            assertThat(stage.look())
                    .containsExactly("exit x#1 boom", "start x#2", "exit x#2 e", "start x#3");
        }

        @Test
        void meanwhile_it_is_counted_but_not_as_active() {
            stage.crashes("x");
            var count = stage.count();

            stage.release("x", fail("e"));

            assertThat(count.answer()).isEqualTo(new ChildCount(1, 1, 0, 2));
        }

        @Test
        void its_old_pid_can_still_be_terminated_which_ends_the_tries() {
            var old = stage.child("x");
            stage.crashes("x");
            var answer = stage.terminate(old);

            stage.release("x", fail("e"));

            assertThat(answer.answer()).isEqualTo(new Outcome.Done());
            assertThat(stage.which()).isEqualTo("[y=y#1]");
        }

        /** In OTP 25 this crashes the supervisor at its end (GH-8215); fixed since. */
        @Test
        void a_child_that_ignores_its_restart_is_forgotten() {
            stage.crashes("x").release("x", IGNORE);

            assertThat(stage.which()).isEqualTo("[y=y#1]");
            stage.parentSays(ExitReason.SHUTDOWN);
            assertThat(stage.look()).endsWith("exit y#1 shutdown", "end shutdown");
        }

        @Test
        void the_parent_gets_in_when_it_has_waited_for_a_while() {
            stage.crashes("x").parentSays(ExitReason.SHUTDOWN).laterIsNow();

            assertThat(stage.look())
                    .contains("exit x#2 shutdown", "exit y#1 shutdown")
                    .endsWith("end shutdown");
        }
    }

    @Nested
    class TerminateChild {

        @Test
        void stops_and_forgets_the_child_with_the_pid() {
            var stage = withChildren("x", "y");

            assertThat(stage.terminate(stage.child("x")).answer()).isEqualTo(new Outcome.Done());

            assertThat(stage.look()).containsExactly("exit x#1 shutdown");
            assertThat(stage.which()).isEqualTo("[y=y#1]");
        }

        @Test
        void is_done_if_the_pid_is_dead_and_unknown() {
            var stage = withChildren("x");

            assertThat(stage.terminate(new Stage.Paper(99, "stranger", 1)).answer())
                    .isEqualTo(new Outcome.Done());
        }

        @Test
        void is_refused_if_the_pid_is_alive_and_unknown() {
            var stage = withChildren("x");
            var stranger = new Stage.Paper(99, "stranger", 1);
            stage.alive.put(stranger.name, stranger);

            assertThat(stage.terminate(stranger).answer())
                    .isEqualTo(new Outcome.Refused(new Refusal.NotFound()));
        }
    }

    @Nested
    class End {

        @Test
        void all_children_are_asked_to_stop_before_any_is_waited_for() {
            var stage = withChildren("x", "y", "z").stubborn("x").stubborn("z");

            stage.parentSays(ExitReason.SHUTDOWN);
            assertThat(stage.look()).containsExactly("exit y#1 shutdown");

            stage.ends("z", ExitReason.SHUTDOWN).ends("x", ExitReason.SHUTDOWN);
            assertThat(stage.look())
                    .containsExactly("exit z#1 shutdown", "exit x#1 shutdown", "end shutdown");
            assertThat(stage.kept()).isZero();
        }

        @Test
        void those_that_are_late_are_killed_together() {
            var stage =
                    withChildren(
                                    child("like")
                                            .shutdown(ShutdownMode.within(Duration.ofSeconds(2))),
                                    "x",
                                    "y",
                                    "z")
                            .stubborn("x")
                            .stubborn("z")
                            .parentSays(BOOM);
            assertThat(stage.timer()).contains(Duration.ofSeconds(2));

            stage.timeIsOver();

            assertThat(stage.look())
                    .containsExactlyInAnyOrder(
                            "exit y#1 shutdown", "exit x#1 killed", "exit z#1 killed", "end boom");
            assertThat(stage.events(TreeEvent.ChildOverdue.class)).hasSize(2);
            assertThat(stage.timer()).isEmpty();
        }

        /**
         * Unlike a static one, as in OTP: the time of zero is over when others have had their turn.
         */
        @Test
        void with_no_time_children_that_obey_at_once_are_not_killed() {
            var hasty = child("like").shutdown(ShutdownMode.within(Duration.ZERO));
            var stage = withChildren(hasty, "x", "y").stubborn("x");

            stage.parentSays(ExitReason.SHUTDOWN).timeIsOver();

            assertThat(stage.look())
                    .containsExactly("exit y#1 shutdown", "exit x#1 killed", "end shutdown");
        }

        @Test
        void without_children_it_ends_at_once() {
            assertThat(booted(sessions()).parentSays(BOOM).look()).containsExactly("end boom");
        }

        /** OTP: significant_simple_one_for_one. */
        @Test
        void with_all_significant_it_ends_when_no_child_is_left() {
            var tree =
                    dynamicSupervisor("sessions", TEMPLATE.restart(Restart.TEMPORARY).significant())
                            .autoShutdown(AutoShutdown.ALL_SIGNIFICANT);
            var stage = booted(tree);
            stage.startAnother(child("x", Restart.TEMPORARY).significant());
            stage.startAnother(child("y", Restart.TEMPORARY).significant());

            stage.crashes("x");
            assertThat(stage.end()).isEmpty();

            stage.ends("y", ExitReason.NORMAL);
            assertThat(stage.end()).contains(ExitReason.SHUTDOWN);
        }
    }
}
