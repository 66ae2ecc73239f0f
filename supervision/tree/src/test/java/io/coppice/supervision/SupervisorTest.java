package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Name;
import io.coppice.actor.Program;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.supervision.Journal.Order;
import io.coppice.supervision.Supervisor.Message;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Supervisors on a real node: their start and what they do about failures. */
class SupervisorTest extends OnANode {

    @Nested
    class InOrder {

        @Test
        void children_start_in_order_and_stop_in_reverse() {
            var top =
                    start(
                            ONE_FOR_ONE,
                            journal.child("a"),
                            supervisor("sub", ONE_FOR_ALL)
                                    .children(journal.child("b"), journal.child("c")),
                            journal.child("d"));
            var end = node.ended(top.pid());

            node.exit(top.pid(), ExitReason.SHUTDOWN);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.SHUTDOWN);
            journal.awaitLines(
                    "start a",
                    "start b",
                    "start c",
                    "start d",
                    "stop d shutdown",
                    "stop c shutdown",
                    "stop b shutdown",
                    "stop a shutdown");
        }

        @Test
        void nothing_is_left_when_it_has_ended() {
            var top = start(ONE_FOR_ONE, journal.child("a"), journal.child("b"));
            top.send(new Message.Stop(ExitReason.NORMAL));

            await().until(() -> node.processes() == 0 && node.timers() == 0);
        }
    }

    @Nested
    class Starting {

        @Test
        void a_child_that_fails_ends_the_start_with_its_reason_and_stops_those_before_it() {
            ActorFactory<Object> broken =
                    context -> {
                        throw context.stop(BOOM);
                    };
            var tree =
                    supervisor("top", ONE_FOR_ONE)
                            .children(
                                    journal.child("a"),
                                    supervisor("sub", ONE_FOR_ONE)
                                            .children(worker("broken", broken)));

            var failure = catchThrowableOfType(StartFailure.InitFailed.class, () -> start(tree));

            var inner = ExitReason.shutdown(new FailedToStartChild("broken", BOOM));
            assertThat(failure.reason())
                    .isEqualTo(ExitReason.shutdown(new FailedToStartChild("sub", inner)));
            journal.awaitLines("start a", "stop a shutdown");
        }

        @Test
        void a_child_that_takes_too_long_is_killed_and_has_failed() {
            ActorFactory<Object> slow =
                    context -> {
                        awaitUntilKilled(new CountDownLatch(1));
                        return message -> {};
                    };
            var tree =
                    supervisor("top", ONE_FOR_ONE)
                            .children(worker("slow", slow).initDeadline(ofMillis(50)));

            assertThatThrownBy(() -> start(tree))
                    .isInstanceOf(StartFailure.InitFailed.class)
                    .hasMessageContaining("failed to start slow: init of slow<")
                    .hasMessageContaining("took longer than PT0.05S");
        }

        @Test
        void a_child_may_ask_to_be_ignored() {
            ActorFactory<Object> idle =
                    context -> {
                        throw context.ignore();
                    };
            var top = start(ONE_FOR_ONE, worker("idle", idle), journal.child("b"));

            assertThat(which(top))
                    .extracting(ChildInfo::status)
                    .last()
                    .isEqualTo(new ChildStatus.Stopped());
        }

        @Test
        void it_can_be_wrapped_in_a_factory_of_ones_own() {
            var inner = supervisor("inner", ONE_FOR_ONE).children(journal.child("a"));
            ActorFactory<Message> wrapper =
                    context -> {
                        journal.lines.add("wrapper");
                        return inner.create(context);
                    };
            var top = start(ONE_FOR_ONE, Child.child("inner", wrapper).supervisorType());

            journal.awaitLines("wrapper", "start a");
            assertThat(which(top).getFirst().type()).isEqualTo(ChildType.SUPERVISOR);
        }

        @Test
        void a_root_has_its_name_too() {
            Name<Message> name = Name.of("top");
            var top = start(supervisor("top", ONE_FOR_ONE).name(name));

            assertThat(node.registry().lookup(name)).map(ActorRef::pid).contains(top.pid());
        }
    }

    @Nested
    class Restarts {

        @Test
        void a_crashed_child_is_replaced_by_a_new_one_under_the_same_name() {
            start(ONE_FOR_ONE, journal.child("a"), journal.child("b"));
            var first = Journal.pid(node, "a");

            order("a", new Order.Crash());

            journal.awaitLines("start a", "start b", "stop a crashed", "start a");
            assertThat(Journal.pid(node, "a")).isNotEqualTo(first);
        }

        @Test
        void a_killed_child_is_replaced_even_while_its_handler_still_runs() {
            var release = new CountDownLatch(1);
            start(ONE_FOR_ONE, journal.child("a"));
            order("a", new Order.Do(() -> awaitStubbornly(release)));

            node.kill(Journal.pid(node, "a"));

            journal.awaitLines("start a", "start a");
            release.countDown();
        }

        @Test
        void rest_for_one_restarts_those_started_after() {
            start(REST_FOR_ONE, journal.child("a"), journal.child("b"), journal.child("c"));

            order("b", new Order.Crash());

            journal.awaitLines(
                    "start a",
                    "start b",
                    "start c",
                    "stop b crashed",
                    "stop c shutdown",
                    "start b",
                    "start c");
        }

        @Test
        void one_for_all_restarts_all() {
            start(ONE_FOR_ALL, journal.child("a"), journal.child("b"));

            order("b", new Order.Crash());

            journal.awaitLines(
                    "start a",
                    "start b",
                    "stop b crashed",
                    "stop a shutdown",
                    "start a",
                    "start b");
        }

        @Test
        void a_program_is_a_child_like_any() {
            Name<String> name = Name.of("program");
            Program<String> program =
                    (context, inbox) -> {
                        journal.lines.add("start program");
                        inbox.take();
                    };
            start(ONE_FOR_ONE, worker("program", program).name(name));

            node.registry().ref(name).send("end");

            journal.awaitLines("start program", "start program");
        }

        @Test
        void a_child_whose_restart_fails_is_tried_again_until_the_budget_is_spent() {
            var isBroken = new AtomicBoolean();
            ActorFactory<Order> fragile =
                    context -> {
                        journal.lines.add("init");
                        if (isBroken.get()) {
                            throw context.stop(BOOM);
                        }
                        return order -> context.stop(BOOM);
                    };
            var top = start(ONE_FOR_ONE, worker("fragile", fragile).name(Journal.name("fragile")));
            var end = node.ended(top.pid());
            isBroken.set(true);

            order("fragile", new Order.Crash());

            assertThat(reasonOf(end))
                    .isInstanceOfSatisfying(
                            ExitReason.Shutdown.class,
                            reason ->
                                    assertThat(reason.detail())
                                            .isInstanceOfSatisfying(
                                                    GaveUp.class,
                                                    why ->
                                                            assertThat(why.failures())
                                                                    .hasSize(1 + 5)));
            assertThat(journal.lines).hasSize(1 + 5);
        }
    }

    @Test
    void a_message_that_cannot_be_meant_for_it_does_not_end_a_supervisor() {
        var top = start(supervisor("top", ONE_FOR_ONE).name(Name.of("top")));

        node.registry().ref(Name.<Integer>of("top")).send(42);

        assertThat(which(top)).isEmpty();
    }

    /** Whose text cannot be asked for. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    void a_failure_of_which_nothing_can_be_said_does_not_end_a_supervisor() {
        var top = start(ONE_FOR_ONE, journal.child("a"));
        var failing =
                Child.<Object>worker(
                        "b",
                        context -> {
                            throw new Hostile();
                        });

        ChildStart<Object> answer =
                top.call(reply -> new Message.StartChild<>(failing, reply), SOON);

        assertThat(answer).isInstanceOf(ChildStart.Refused.class);
        assertThat(which(top)).hasSize(1);
    }

    @Test
    void a_reply_address_that_throws_does_not_end_a_supervisor() {
        var top = start(ONE_FOR_ONE, journal.child("a"));

        top.send(
                new Message.WhichChildren(
                        children -> {
                            throw new AssertionError("nobody home");
                        }));

        assertThat(which(top)).hasSize(1);
    }

    @Nested
    class Escalation {

        @Test
        void a_supervisor_that_gives_up_is_restarted_by_its_own() {
            start(
                    ONE_FOR_ONE,
                    journal.child("a"),
                    supervisor("sub", ONE_FOR_ONE)
                            .restarts(0, ofSeconds(1))
                            .children(journal.child("b"), journal.child("c")));

            order("b", new Order.Crash());

            journal.awaitLines(
                    "start a",
                    "start b",
                    "start c",
                    "stop b crashed",
                    "stop c shutdown",
                    "start b",
                    "start c");
        }

        @Test
        void a_root_that_gives_up_ends_with_shutdown_and_says_why() {
            var top =
                    start(
                            supervisor("top", ONE_FOR_ONE)
                                    .restarts(0, ofSeconds(1))
                                    .children(journal.child("a")));
            var end = node.ended(top.pid());

            order("a", new Order.Crash());

            var reason = reasonOf(end);
            assertThat(reason.isAbnormal()).isFalse();
            assertThat(reason)
                    .hasToString(
                            "shutdown: gave up on a: a failure within 1 s (0 allowed), the last:"
                                    + " crashed: java.lang.IllegalStateException: ordered to");
        }

        @Test
        void giving_up_names_the_failures_all_the_way_down() {
            var top =
                    start(
                            supervisor("top", ONE_FOR_ONE)
                                    .restarts(0, ofSeconds(1))
                                    .children(
                                            supervisor("sub", ONE_FOR_ONE)
                                                    .restarts(0, ofSeconds(1))
                                                    .children(journal.child("a"))));
            var end = node.ended(top.pid());

            order("a", new Order.Crash());

            assertThat(reasonOf(end))
                    .hasToString(
                            "shutdown: gave up on sub: a failure within 1 s (0 allowed), the last:"
                                + " shutdown: gave up on a: a failure within 1 s (0 allowed), the"
                                + " last: crashed: java.lang.IllegalStateException: ordered to");
        }
    }
}
