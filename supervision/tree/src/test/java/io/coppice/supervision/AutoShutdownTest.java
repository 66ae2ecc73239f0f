package io.coppice.supervision;

import static io.coppice.supervision.AutoShutdown.ALL_SIGNIFICANT;
import static io.coppice.supervision.AutoShutdown.ANY_SIGNIFICANT;
import static io.coppice.supervision.Restart.TEMPORARY;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.Stage.IGNORE;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Trees.BOOM;
import static io.coppice.supervision.Trees.MINUTE;
import static io.coppice.supervision.Trees.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Test;

/** OTP: significant_* of supervisor_SUITE. */
class AutoShutdownTest {

    private static Stage started(AutoShutdown auto, Strategy strategy, ChildSpec<?>... children) {
        return Trees.started(
                Supervisor.supervisor("top", strategy)
                        .restarts(10, MINUTE)
                        .autoShutdown(auto)
                        .children(children));
    }

    private static Child<Object> significant(String id, Restart restart) {
        return child(id, restart).significant();
    }

    @Test
    void the_end_of_any_significant_child_stops_the_others_in_reverse() {
        var stage =
                started(
                        ANY_SIGNIFICANT,
                        ONE_FOR_ONE,
                        child("a"),
                        significant("b", TRANSIENT),
                        significant("c", TRANSIENT));

        stage.ends("b", ExitReason.NORMAL);

        assertThat(stage.look())
                .containsExactly(
                        "exit b#1 normal",
                        "exit c#1 shutdown",
                        "exit a#1 shutdown",
                        "end shutdown");
    }

    @Test
    void a_significant_child_that_is_restarted_has_not_ended() {
        var stage = started(ANY_SIGNIFICANT, ONE_FOR_ONE, significant("b", TRANSIENT));

        stage.crashes("b");

        assertThat(stage.end()).isEmpty();
    }

    @Test
    void a_significant_temporary_child_counts_whatever_its_reason() {
        var stage = started(ANY_SIGNIFICANT, ONE_FOR_ONE, significant("x", TEMPORARY), child("a"));

        stage.crashes("x");

        assertThat(stage.look())
                .containsExactly("exit x#1 boom", "exit a#1 shutdown", "end shutdown");
    }

    @Test
    void other_children_do_not_count() {
        var stage =
                started(
                        ANY_SIGNIFICANT,
                        ONE_FOR_ONE,
                        child("t", TRANSIENT),
                        significant("b", TRANSIENT));

        stage.ends("t", ExitReason.NORMAL);

        assertThat(stage.end()).isEmpty();
    }

    @Test
    void the_end_of_all_significant_children_is_awaited() {
        var stage =
                started(
                        ALL_SIGNIFICANT,
                        ONE_FOR_ONE,
                        child("a"),
                        significant("b", TRANSIENT),
                        significant("c", TEMPORARY));

        stage.ends("b", ExitReason.NORMAL);
        assertThat(stage.end()).isEmpty();

        stage.ends("c", BOOM);
        assertThat(stage.look())
                .containsExactly(
                        "exit b#1 normal", "exit c#1 boom", "exit a#1 shutdown", "end shutdown");
    }

    @Test
    void a_significant_child_that_was_terminated_counts_as_gone_but_sets_nothing_off() {
        var stage =
                started(
                        ALL_SIGNIFICANT,
                        ONE_FOR_ONE,
                        significant("b", TRANSIENT),
                        significant("c", TRANSIENT));

        stage.terminate("b");
        stage.terminate("c");
        assertThat(stage.end()).isEmpty();

        stage.restart("c");
        stage.ends("c", ExitReason.NORMAL);
        assertThat(stage.end()).contains(ExitReason.SHUTDOWN);
    }

    @Test
    void a_significant_child_that_was_ignored_counts_as_gone() {
        var stage =
                Stage.of(
                                Supervisor.supervisor("top", ONE_FOR_ONE)
                                        .autoShutdown(ALL_SIGNIFICANT)
                                        .children(
                                                significant("b", TRANSIENT),
                                                significant("c", TRANSIENT)))
                        .plan("b", IGNORE)
                        .boot();

        stage.ends("c", ExitReason.NORMAL);

        assertThat(stage.end()).contains(ExitReason.SHUTDOWN);
    }

    @Test
    void a_significant_temporary_sibling_that_is_stopped_in_a_restart_sets_nothing_off() {
        var stage = started(ANY_SIGNIFICANT, ONE_FOR_ALL, child("a"), significant("x", TEMPORARY));

        stage.crashes("a");

        assertThat(stage.end()).isEmpty();
        assertThat(stage.which()).isEqualTo("[a=a#2]");
    }
}
