package io.coppice.supervision;

import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Trees.BOOM;
import static io.coppice.supervision.Trees.child;
import static io.coppice.supervision.Trees.started;
import static io.coppice.supervision.Trees.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.process.ExitReason;
import io.coppice.process.Exited;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Restart type x reason, as in OTP's supervisor_SUITE: permanent_normal, transient_shutdown,
 * temporary_abnormal and so on, for each strategy.
 */
class RestartTypesTest {

    private static final ExitReason SHUTDOWN_DONE = ExitReason.shutdown("done");

    /** One child of this type, with a sibling that is not to be touched. */
    private static Stage one(Restart restart, ExitReason reason) {
        return started(tree(ONE_FOR_ONE, child("a", restart), child("b"))).ends("a", reason);
    }

    @Nested
    @DisplayName("a permanent child")
    class Permanent {

        @Test
        void that_ends_normally_is_restarted() {
            assertRestarted(one(Restart.PERMANENT, ExitReason.NORMAL));
        }

        @Test
        void that_shuts_down_is_restarted() {
            assertRestarted(one(Restart.PERMANENT, ExitReason.SHUTDOWN));
        }

        @Test
        void that_shuts_down_with_a_detail_is_restarted() {
            assertRestarted(one(Restart.PERMANENT, SHUTDOWN_DONE));
        }

        @Test
        void that_ends_abnormally_is_restarted() {
            assertRestarted(one(Restart.PERMANENT, BOOM));
        }

        @Test
        void that_is_killed_is_restarted() {
            assertRestarted(one(Restart.PERMANENT, ExitReason.KILLED));
        }
    }

    @Nested
    @DisplayName("a transient child")
    class Transient {

        @Test
        void that_ends_normally_stays_down_and_known() {
            assertDown(one(Restart.TRANSIENT, ExitReason.NORMAL), "[b=b#1, a=undefined]");
        }

        @Test
        void that_shuts_down_stays_down_and_known() {
            assertDown(one(Restart.TRANSIENT, ExitReason.SHUTDOWN), "[b=b#1, a=undefined]");
        }

        @Test
        void that_shuts_down_with_a_detail_stays_down_and_known() {
            assertDown(one(Restart.TRANSIENT, SHUTDOWN_DONE), "[b=b#1, a=undefined]");
        }

        @Test
        void that_ends_abnormally_is_restarted() {
            assertRestarted(one(Restart.TRANSIENT, BOOM));
        }

        @Test
        void that_crashes_is_restarted() {
            assertRestarted(one(Restart.TRANSIENT, ExitReason.crashed(new Error())));
        }

        @Test
        void that_is_killed_is_restarted() {
            assertRestarted(one(Restart.TRANSIENT, ExitReason.KILLED));
        }
    }

    @Nested
    @DisplayName("a temporary child")
    class Temporary {

        @Test
        void that_ends_normally_is_forgotten() {
            assertDown(one(Restart.TEMPORARY, ExitReason.NORMAL), "[b=b#1]");
        }

        @Test
        void that_shuts_down_is_forgotten() {
            assertDown(one(Restart.TEMPORARY, ExitReason.SHUTDOWN), "[b=b#1]");
        }

        @Test
        void that_ends_abnormally_is_forgotten() {
            assertDown(one(Restart.TEMPORARY, BOOM), "[b=b#1]");
        }

        @Test
        void that_is_killed_is_forgotten() {
            assertDown(one(Restart.TEMPORARY, ExitReason.KILLED), "[b=b#1]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_end_of_a_child_that_is_not_restarted_touches_no_sibling(Strategy strategy) {
        var stage =
                started(
                        tree(
                                strategy,
                                child("a"),
                                child("x", Restart.TEMPORARY),
                                child("t", Restart.TRANSIENT),
                                child("b")));

        stage.ends("x", BOOM).ends("t", ExitReason.NORMAL);

        assertThat(stage.look()).containsExactly("exit x#1 boom", "exit t#1 normal");
        assertThat(stage.which()).isEqualTo("[b=b#1, t=undefined, a=a#1]");
    }

    @Test
    void the_end_of_a_stranger_is_ignored() {
        var stage = started(ONE_FOR_ONE, "a");

        stage.tell(new Inner.Exit(new Exited(new Stage.Paper(99, "stranger", 1), BOOM)));

        assertThat(stage.look()).isEmpty();
        assertThat(stage.end()).isEmpty();
    }

    private static void assertRestarted(Stage stage) {
        assertThat(stage.look()).hasSize(2).last().isEqualTo("start a#2");
        assertThat(stage.which()).isEqualTo("[b=b#1, a=a#2]");
    }

    private static void assertDown(Stage stage, String which) {
        assertThat(stage.look()).hasSize(1);
        assertThat(stage.which()).isEqualTo(which);
    }
}
