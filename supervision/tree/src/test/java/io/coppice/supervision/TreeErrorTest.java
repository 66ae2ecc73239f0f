package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;
import static io.coppice.supervision.Trees.UNUSED;
import static io.coppice.supervision.Trees.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Contradictions die when the tree is built. */
class TreeErrorTest {

    private static TreeError error(org.assertj.core.api.ThrowableAssert.ThrowingCallable build) {
        return catchThrowableOfType(TreeError.class, build);
    }

    @Test
    void all_contradictions_of_a_tree_are_in_one_error_that_names_each_child_and_value() {
        var error =
                error(
                        () ->
                                supervisor("shop", ONE_FOR_ONE)
                                        .restarts(-1, Duration.ZERO)
                                        .children(
                                                child("ledger").significant(),
                                                child("audit", TRANSIENT)
                                                        .shutdown(within(Duration.ofMillis(-1))),
                                                child("ledger")));

        assertThat(error)
                .hasMessage(
                        """
                        tree shop:
                          shop: restarts -1, must be 0 or more
                          shop: period of restarts PT0S, must be of whole seconds, one at least
                          shop/ledger: significant, but the auto-shutdown of shop is NEVER
                          shop/ledger: significant, but PERMANENT
                          shop/audit: time to shut down PT-0.001S, must be zero or more
                          shop/ledger: the id of more than one child\
                        """);
    }

    @Test
    void the_first_problem_is_the_one_that_otp_would_report() {
        var error =
                error(
                        () ->
                                supervisor("shop", ONE_FOR_ONE)
                                        .children(
                                                child("a"),
                                                child("a"),
                                                child("b").shutdown(within(Duration.ofDays(-1)))));

        assertThat(error.problems())
                .containsExactly(
                        new Problem.DuplicateId("shop", "a"),
                        new Problem.InvalidShutdown("shop", "b", Duration.ofDays(-1)));
    }

    @Test
    void the_options_of_nested_supervisors_are_checked_with_the_tree() {
        var error =
                error(
                        () ->
                                supervisor("shop", ONE_FOR_ONE)
                                        .children(
                                                supervisor("orders", ONE_FOR_ONE)
                                                        .restarts(1, Duration.ofMillis(1_500)),
                                                dynamicSupervisor(
                                                                "sessions",
                                                                each(
                                                                                "session",
                                                                                (context, it) ->
                                                                                        message -> {})
                                                                        .significant())
                                                        .restarts(-5, Duration.ofSeconds(1))));

        assertThat(error.problems())
                .containsExactly(
                        new Problem.InvalidPeriod("orders", Duration.ofMillis(1_500)),
                        new Problem.InvalidIntensity("sessions", -5),
                        new Problem.SignificantWithoutAutoShutdown("sessions", "session"),
                        new Problem.SignificantAndPermanent("sessions", "session"));
    }

    @Test
    void one_name_for_two_children_anywhere_in_the_tree_is_a_contradiction() {
        var till = Name.<Object>of("till");

        var error =
                error(
                        () ->
                                supervisor("shop", ONE_FOR_ONE)
                                        .children(
                                                child("a").name(till),
                                                supervisor("orders", ONE_FOR_ONE)
                                                        .children(child("b").name(till))));

        assertThat(error.problems())
                .containsExactly(new Problem.DuplicateName("orders", "b", till));
        assertThat(error)
                .hasMessageContaining(
                        "orders/b: the name \"till\" is that of another child of the tree");
    }

    @Test
    void options_set_after_the_children_are_checked_at_the_start() {
        var tree =
                supervisor("shop", ONE_FOR_ONE)
                        .children(child("a"))
                        .restarts(-1, Duration.ofSeconds(1));

        assertThatThrownBy(() -> startedBy(tree))
                .isInstanceOfSatisfying(
                        StartFailure.InitFailed.class,
                        failure ->
                                assertThat(failure.reason())
                                        .isInstanceOfSatisfying(
                                                ExitReason.Crashed.class,
                                                crash ->
                                                        assertThat(crash.throwable())
                                                                .isInstanceOf(TreeError.class)));
    }

    private static void startedBy(Supervisor tree) {
        try (var node = Node.start()) {
            node.start(tree, SpawnOptions.defaults());
        }
    }

    @Nested
    class DiesWhereItIsWritten {

        @Test
        void a_blank_id() {
            assertThatThrownBy(() -> worker(" ", UNUSED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("child id is blank: \" \"");
            assertThatThrownBy(() -> supervisor("", ONE_FOR_ONE))
                    .hasMessage("child id is blank: \"\"");
        }

        @Test
        void a_deadline_for_init_that_is_not_positive() {
            assertThatThrownBy(() -> child("a").initDeadline(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("initDeadline of a: PT0S");
        }
    }

    @Nested
    class Defaults {

        @Test
        void are_those_of_otp() {
            var tree = supervisor("shop", ONE_FOR_ONE);
            var child = child("a");

            assertThat(tree.intensity()).isEqualTo(1);
            assertThat(tree.period()).isEqualTo(Duration.ofSeconds(5));
            assertThat(tree.autoShutdown()).isEqualTo(AutoShutdown.NEVER);
            assertThat(child.restart()).isEqualTo(Restart.PERMANENT);
            assertThat(child.isSignificant()).isFalse();
            assertThat(child.type()).isEqualTo(ChildType.WORKER);
        }

        @Test
        void give_a_worker_half_a_minute_for_its_init_and_a_supervisor_any_time() {
            assertThat(child("a").initDeadline()).contains(Duration.ofSeconds(30));
            assertThat(child("a").withoutInitDeadline().initDeadline()).isEmpty();
            assertThat(child("a").supervisorType().initDeadline()).isEmpty();
            assertThat(supervisor("s", ONE_FOR_ONE).initDeadline()).isEmpty();
        }
    }
}
