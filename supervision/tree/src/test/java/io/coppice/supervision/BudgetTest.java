package io.coppice.supervision;

import static io.coppice.supervision.Stage.HANG;
import static io.coppice.supervision.Stage.fail;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Trees.BOOM;
import static io.coppice.supervision.Trees.MINUTE;
import static io.coppice.supervision.Trees.child;
import static io.coppice.supervision.Trees.started;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** What a supervisor does with its budget. When a restart counts is in RestartBudgetProperties. */
class BudgetTest {

    private static Stage allowing(int intensity, Strategy strategy, ChildSpec<?>... children) {
        return started(
                Supervisor.supervisor("top", strategy)
                        .restarts(intensity, MINUTE)
                        .children(children));
    }

    /** OTP: one_for_one_escalation. */
    @Test
    void one_restart_too_many_stops_the_others_in_reverse_and_ends_with_shutdown() {
        var stage = allowing(1, ONE_FOR_ONE, child("a"), child("b"), child("c"));
        stage.crashes("b").look();

        stage.crashes("b");

        assertThat(stage.look())
                .containsExactly(
                        "exit b#2 boom", "exit c#1 shutdown", "exit a#1 shutdown", "end shutdown");
    }

    @Test
    void an_intensity_of_zero_gives_up_at_once() {
        var stage = allowing(0, ONE_FOR_ONE, child("a"), child("b")).crashes("a");

        assertThat(stage.look())
                .containsExactly("exit a#1 boom", "exit b#1 shutdown", "end shutdown");
    }

    /** OTP: one_for_all_escalation, rest_for_one_escalation. */
    @Test
    void the_restart_of_a_group_is_one_restart() {
        for (var strategy : new Strategy[] {ONE_FOR_ALL, REST_FOR_ONE}) {
            var stage = allowing(1, strategy, child("a"), child("b"), child("c"));

            stage.crashes("a");
            assertThat(stage.end()).isEmpty();

            stage.crashes("a");
            assertThat(stage.end()).contains(ExitReason.SHUTDOWN);
        }
    }

    @Test
    void failed_restarts_count_so_a_child_that_cannot_start_ends_the_supervisor() {
        var stage =
                allowing(3, ONE_FOR_ONE, child("a"), child("b"))
                        .plan("a", fail("e"), fail("e"), fail("e"), fail("e"));

        stage.crashes("a");

        assertThat(stage.look())
                .containsExactly(
                        "exit a#1 boom",
                        "start a#2",
                        "exit a#2 e",
                        "start a#3",
                        "exit a#3 e",
                        "start a#4",
                        "exit a#4 e",
                        "exit b#1 shutdown",
                        "end shutdown");
    }

    @Test
    void restarts_on_request_and_ends_that_are_no_failure_do_not_count() {
        var stage = allowing(0, ONE_FOR_ONE, child("a"), child("t", Restart.TRANSIENT));

        stage.terminate("a");
        stage.restart("a");
        stage.ends("t", ExitReason.NORMAL);

        assertThat(stage.end()).isEmpty();
        assertThat(stage.which()).isEqualTo("[t=undefined, a=a#2]");
    }

    @Test
    void restarts_are_forgotten_when_the_period_is_over() {
        var stage =
                started(
                        Supervisor.supervisor("top", ONE_FOR_ONE)
                                .restarts(1, Duration.ofSeconds(5))
                                .children(child("a")));

        stage.crashes("a").seconds(6).crashes("a");
        assertThat(stage.end()).isEmpty();

        stage.seconds(5).crashes("a");
        assertThat(stage.end()).contains(ExitReason.SHUTDOWN);
    }

    @Test
    void giving_up_says_whose_restarts_spent_the_budget() {
        var stage = allowing(2, ONE_FOR_ONE, child("a"), child("b"));

        stage.crashes("a").millis(700).ends("b", ExitReason.NORMAL).millis(500).crashes("a");

        var why = new GaveUp("top", "a", 2, Trees.MINUTE, failures());
        assertThat(stage.reason()).isEqualTo(ExitReason.shutdown(why));
        assertThat(stage.events(TreeEvent.GivingUp.class))
                .extracting(TreeEvent.GivingUp::why)
                .containsExactly(why);
    }

    private static List<GaveUp.Failure> failures() {
        return List.of(
                new GaveUp.Failure("a", BOOM, Duration.ofMillis(1_200)),
                new GaveUp.Failure("b", ExitReason.NORMAL, Duration.ofMillis(500)),
                new GaveUp.Failure("a", BOOM, Duration.ZERO));
    }

    @Test
    void a_restart_that_took_too_long_is_named_as_such() {
        var stage = allowing(1, ONE_FOR_ONE, child("a")).plan("a", HANG).crashes("a");
        var late = new StartFailure.InitTimeout("a<2>", Duration.ofMillis(50));

        stage.tell(new Inner.Progress.Failed(late));

        assertThat(stage.reason())
                .hasToString(
                        "shutdown: gave up on a: 2 failures within 60 s (1 allowed), the last: "
                                + late.getMessage());
    }

    @Test
    void the_last_straw_is_reported_like_any_end() {
        var stage = allowing(0, ONE_FOR_ONE, child("a"));
        var pid = stage.child("a");

        stage.ends("a", BOOM);

        assertThat(stage.events(TreeEvent.ChildExited.class))
                .singleElement()
                .returns(pid, TreeEvent.ChildExited::pid)
                .returns(BOOM, TreeEvent.ChildExited::reason)
                .returns(true, TreeEvent.ChildExited::isToRestart);
    }
}
