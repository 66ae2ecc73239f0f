package io.coppice.supervision;

import static io.coppice.supervision.Stage.HANG;
import static io.coppice.supervision.Stage.IGNORE;
import static io.coppice.supervision.Stage.fail;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
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
import java.util.Optional;

/**
 * Dynamic management: OTP's start_child, restart_child, terminate_child, delete_child and so on.
 */
class RequestsTest {

    private static final Outcome DONE = new Outcome.Done();

    private static Outcome refused(Refusal why) {
        return new Outcome.Refused(why);
    }

    private static <M> ChildStart<M> startRefused(Refusal why) {
        return new ChildStart.Refused<>(why);
    }

    @Nested
    class StartChild {

        @Test
        void adds_a_child_at_the_end_of_the_order() {
            var stage = started(REST_FOR_ONE, "a", "b");

            var answer = stage.startChild(child("c")).answer();

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            ChildStart.Started.class,
                            it ->
                                    assertThat(it.child().pid())
                                            .isEqualTo((Object) stage.child("c")));
            assertThat(stage.which()).isEqualTo("[c=c#1, b=b#1, a=a#1]");
            stage.look();
            stage.crashes("b");
            assertThat(stage.look())
                    .containsExactly(
                            "exit b#1 boom", "exit c#1 shutdown", "start b#2", "start c#2");
        }

        @Test
        void is_refused_if_the_id_runs_already() {
            var stage = started(ONE_FOR_ONE, "a");

            assertThat(stage.startChild(child("a")).answer())
                    .isEqualTo(startRefused(new Refusal.AlreadyStarted(stage.child("a"))));
        }

        @Test
        void is_refused_if_the_id_is_known_already() {
            var stage = started(ONE_FOR_ONE, "a");
            stage.terminate("a");

            assertThat(stage.startChild(child("a")).answer())
                    .isEqualTo(startRefused(new Refusal.AlreadyPresent()));
        }

        @Test
        void forgets_a_child_that_does_not_start() {
            var stage = started(ONE_FOR_ONE, "a").plan("b", fail("e"));

            assertThat(stage.startChild(child("b")).answer())
                    .isEqualTo(startRefused(new Refusal.StartFailed(ExitReason.custom("e"))));
            assertThat(stage.which()).isEqualTo("[a=a#1]");
        }

        @Test
        void keeps_a_child_that_asks_to_be_ignored_unless_it_is_temporary() {
            var stage = started(ONE_FOR_ONE, "a").plan("b", IGNORE).plan("x", IGNORE);

            assertThat(stage.startChild(child("b")).answer()).isEqualTo(new ChildStart.Ignored<>());
            assertThat(stage.startChild(child("x", Restart.TEMPORARY)).answer())
                    .isEqualTo(new ChildStart.Ignored<>());

            assertThat(stage.which()).isEqualTo("[b=undefined, a=a#1]");
        }

        @Test
        void is_refused_with_everything_that_is_wrong_with_the_specification() {
            var stage = started(ONE_FOR_ONE, "a");

            var answer =
                    stage.startChild(
                                    child("b")
                                            .significant()
                                            .shutdown(ShutdownMode.within(Duration.ofMillis(-1))))
                            .answer();

            assertThat(answer)
                    .isEqualTo(
                            startRefused(
                                    new Refusal.BadSpec(
                                            List.of(
                                                    new Problem.SignificantWithoutAutoShutdown(
                                                            "top", "b"),
                                                    new Problem.SignificantAndPermanent("top", "b"),
                                                    new Problem.InvalidShutdown(
                                                            "top", "b", Duration.ofMillis(-1))))));
            assertThat(stage.which()).isEqualTo("[a=a#1]");
        }
    }

    @Nested
    class TerminateChild {

        @Test
        void stops_a_child_which_stays_known_and_down() {
            var stage = started(ONE_FOR_ALL, "a", "b");

            assertThat(stage.terminate("a").answer()).isEqualTo(DONE);

            assertThat(stage.look()).containsExactly("exit a#1 shutdown");
            assertThat(stage.which()).isEqualTo("[b=b#1, a=undefined]");
        }

        @Test
        void is_done_as_well_if_the_child_does_not_run() {
            var stage = started(ONE_FOR_ONE, "a");
            stage.terminate("a");

            assertThat(stage.terminate("a").answer()).isEqualTo(DONE);
        }

        @Test
        void forgets_a_temporary_child() {
            var stage = started(tree(ONE_FOR_ONE, child("x", Restart.TEMPORARY), child("b")));

            assertThat(stage.terminate("x").answer()).isEqualTo(DONE);

            assertThat(stage.which()).isEqualTo("[b=b#1]");
            assertThat(stage.terminate("x").answer()).isEqualTo(refused(new Refusal.NotFound()));
        }

        @Test
        void is_refused_if_there_is_no_such_child() {
            assertThat(started(ONE_FOR_ONE, "a").terminate("zz").answer())
                    .isEqualTo(refused(new Refusal.NotFound()));
        }

        @Test
        void ends_the_tries_to_restart_a_child() {
            var stage = started(ONE_FOR_ONE, "a", "b").plan("a", HANG).crashes("a");
            var answer = stage.terminate("a");

            stage.release("a", fail("e"));

            assertThat(answer.answer()).isEqualTo(DONE);
            assertThat(stage.look()).containsExactly("exit a#1 boom", "start a#2", "exit a#2 e");
            assertThat(stage.which()).isEqualTo("[b=b#1, a=undefined]");
        }
    }

    @Nested
    class RestartChild {

        @Test
        void starts_a_child_that_was_stopped_in_its_old_place() {
            var stage = started(ONE_FOR_ONE, "a", "b");
            stage.terminate("a");

            assertThat(stage.restart("a").answer()).isInstanceOf(ChildStart.Started.class);

            assertThat(stage.which()).isEqualTo("[b=b#1, a=a#2]");
        }

        @Test
        void is_refused_if_the_child_runs_or_is_not_there() {
            var stage = started(ONE_FOR_ONE, "a");

            assertThat(stage.restart("a").answer()).isEqualTo(startRefused(new Refusal.Running()));
            assertThat(stage.restart("zz").answer())
                    .isEqualTo(startRefused(new Refusal.NotFound()));
        }

        @Test
        void leaves_a_child_down_that_does_not_start() {
            var stage = started(ONE_FOR_ONE, "a").plan("a", fail("e"), IGNORE);
            stage.terminate("a");

            assertThat(stage.restart("a").answer())
                    .isEqualTo(startRefused(new Refusal.StartFailed(ExitReason.custom("e"))));
            assertThat(stage.restart("a").answer()).isEqualTo(new ChildStart.Ignored<>());
            assertThat(stage.which()).isEqualTo("[a=undefined]");
            assertThat(stage.end()).isEmpty();
        }
    }

    @Nested
    class DeleteChild {

        @Test
        void forgets_a_child_that_was_stopped() {
            var stage = started(ONE_FOR_ONE, "a", "b");
            stage.terminate("a");

            assertThat(stage.delete("a").answer()).isEqualTo(DONE);

            assertThat(stage.which()).isEqualTo("[b=b#1]");
            assertThat(stage.startChild(child("a")).answer())
                    .isInstanceOf(ChildStart.Started.class);
            assertThat(stage.which()).isEqualTo("[a=a#2, b=b#1]");
        }

        @Test
        void is_refused_if_the_child_runs_or_is_not_there() {
            var stage = started(ONE_FOR_ONE, "a");

            assertThat(stage.delete("a").answer()).isEqualTo(refused(new Refusal.Running()));
            assertThat(stage.delete("zz").answer()).isEqualTo(refused(new Refusal.NotFound()));
        }
    }

    /** OTP: hanging_restart_loop. Requests queued before the next try are served between tries. */
    @Test
    void a_child_that_is_about_to_be_tried_again_is_restarting() {
        var stage = started(ONE_FOR_ONE, "a", "b").plan("a", HANG).crashes("a");
        var which = stage.<List<ChildInfo>>ask(Message.WhichChildren::new);
        var count = stage.count();
        var restart = stage.restart("a");
        var delete = stage.delete("a");
        var start = stage.startChild(child("a"));

        stage.release("a", fail("e"));

        assertThat(which.answer().getLast().status()).isEqualTo(new ChildStatus.Restarting());
        assertThat(count.answer()).isEqualTo(new ChildCount(2, 1, 0, 2));
        assertThat(restart.answer()).isEqualTo(startRefused(new Refusal.Restarting()));
        assertThat(delete.answer()).isEqualTo(refused(new Refusal.Restarting()));
        assertThat(start.answer()).isEqualTo(startRefused(new Refusal.AlreadyPresent()));
        assertThat(stage.which()).isEqualTo("[b=b#1, a=a#3]");
    }

    @Test
    void counts_tell_workers_from_supervisors_and_the_living_from_the_known() {
        var stage =
                started(
                        tree(
                                ONE_FOR_ONE,
                                child("a"),
                                child("s").supervisorType(),
                                Supervisor.supervisor("sub", ONE_FOR_ONE)));
        stage.terminate("sub");

        assertThat(stage.count().answer()).isEqualTo(new ChildCount(3, 2, 2, 1));
    }

    @Test
    void the_specification_of_a_child_can_be_had() {
        var child = child("a", Restart.TRANSIENT);
        var stage = started(tree(ONE_FOR_ONE, child));

        assertThat(
                        stage.<Optional<ChildSpec<?>>>ask(
                                        reply -> new Message.GetChildSpec("a", reply))
                                .answer())
                .contains(child);
        assertThat(
                        stage.<Optional<ChildSpec<?>>>ask(
                                        reply -> new Message.GetChildSpec("zz", reply))
                                .answer())
                .isEmpty();
    }
}
