package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ShutdownMode.patiently;
import static io.coppice.supervision.ShutdownMode.within;
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
import io.coppice.actor.CalleeEnded;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.Journal.Order;
import io.coppice.supervision.Supervisor.Message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Supervisors on a real node. */
@Timeout(60)
class SupervisorTest {

    private static final Duration SOON = ofSeconds(10);
    private static final ExitReason BOOM = ExitReason.custom("boom");

    private final Node node = Node.start();
    private final Journal journal = new Journal();

    @AfterEach
    void closeNode() {
        node.close();
    }

    private ActorRef<Message> start(Strategy strategy, ChildSpec<?>... children) {
        return start(supervisor("top", strategy).restarts(5, ofSeconds(60)).children(children));
    }

    private ActorRef<Message> start(Supervisor tree) {
        return node.start(tree, SpawnOptions.defaults());
    }

    private static ExitReason reasonOf(CompletableFuture<ExitReason> end) {
        return end.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void order(String id, Order order) {
        Journal.ref(node, id).send(order);
    }

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

            assertThat(reasonOf(end)).isEqualTo(ExitReason.SHUTDOWN);
            assertThat(journal.lines).hasSize(1 + 5);
        }
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
        void a_root_that_gives_up_ends_with_shutdown() {
            var top =
                    start(
                            supervisor("top", ONE_FOR_ONE)
                                    .restarts(0, ofSeconds(1))
                                    .children(journal.child("a")));
            var end = node.ended(top.pid());

            order("a", new Order.Crash());

            assertThat(reasonOf(end)).isEqualTo(ExitReason.SHUTDOWN);
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
                    .isInstanceOfSatisfying(
                            StartFailure.InitFailed.class,
                            failure ->
                                    assertThat(failure.reason())
                                            .isEqualTo(
                                                    ExitReason.shutdown(
                                                            new FailedToStartChild(
                                                                    "slow", ExitReason.KILLED))));
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
    class Stopping {

        @Test
        void a_child_that_does_not_stop_in_time_is_killed() {
            var top =
                    start(
                            ONE_FOR_ONE,
                            journal.child("a"),
                            journal.stubborn("b").shutdown(within(ofMillis(50))));
            var b = node.ended(Journal.pid(node, "b"));

            node.exit(top.pid(), ExitReason.SHUTDOWN);

            assertThat(reasonOf(b)).isEqualTo(ExitReason.KILLED);
            journal.awaitLines("start a", "start b", "stop a shutdown");
        }

        @Test
        void a_child_may_take_its_time_if_it_is_stopped_patiently() {
            var top =
                    start(
                            ONE_FOR_ONE,
                            journal.child("a"),
                            journal.stubborn("b").shutdown(patiently()));
            var end = node.ended(top.pid());
            node.exit(top.pid(), ExitReason.SHUTDOWN);
            order("b", new Order.End(BOOM));

            assertThat(reasonOf(end)).isEqualTo(ExitReason.SHUTDOWN);
            journal.awaitLines("start a", "start b", "stop b boom", "stop a shutdown");
        }

        @Test
        void a_child_that_unlinks_its_supervisor_is_still_shut_down() {
            var top = start(ONE_FOR_ONE, journal.child("a"));
            var isUnlinked = new CountDownLatch(1);
            order("a", new Order.Unlink(top.pid()));
            order("a", new Order.Do(isUnlinked::countDown));
            awaitUntilKilled(isUnlinked);

            node.exit(top.pid(), ExitReason.SHUTDOWN);

            await().until(() -> node.processes() == 0);
        }

        @Test
        void the_parents_death_stops_the_tree_in_order_with_the_same_reason() {
            var tree =
                    supervisor("top", ONE_FOR_ONE).children(journal.child("a"), journal.child("b"));
            var tops = new CompletableFuture<Pid>();
            ActorFactory<String> parent =
                    context -> {
                        tops.complete(
                                context.startLinked(tree, SpawnOptions.<Message>defaults()).pid());
                        return message -> context.stop(BOOM);
                    };
            var end = node.start(parent);
            var top = node.ended(tops.join());

            end.send("end");

            assertThat(reasonOf(top)).isEqualTo(BOOM);
            journal.awaitLines("start a", "start b", "stop b shutdown", "stop a shutdown");
        }

        @Test
        void exits_from_strangers_are_ignored() {
            var top = start(ONE_FOR_ONE, journal.child("a"));
            ActorFactory<Pid> stranger =
                    context -> target -> context.exit(target, ExitReason.SHUTDOWN);
            node.start(stranger).send(top.pid());

            await().until(() -> node.fates().isBalanced());
            assertThat(which(top)).hasSize(1);
        }

        @Test
        void a_killed_supervisor_takes_its_children_along_by_their_links() {
            Name<String> name = Name.of("plain");
            ActorFactory<String> plain = context -> message -> {};
            var top = start(ONE_FOR_ONE, worker("plain", plain).name(name));
            var child = node.ended(node.registry().ref(name).pid());

            node.kill(top.pid());

            assertThat(reasonOf(child)).isEqualTo(ExitReason.KILLED);
        }

        @Test
        void a_child_that_hangs_in_its_restart_does_not_keep_the_tree_from_stopping() {
            var starts = new AtomicInteger();
            var hangs = new CountDownLatch(1);
            ActorFactory<Order> slow =
                    context -> {
                        if (starts.incrementAndGet() > 1) {
                            hangs.countDown();
                            awaitUntilKilled(new CountDownLatch(1));
                        }
                        return order -> context.stop(BOOM);
                    };
            var top = start(ONE_FOR_ONE, worker("slow", slow).name(Journal.name("slow")));
            var end = node.ended(top.pid());
            order("slow", new Order.Crash());
            awaitUntilKilled(hangs);

            node.exit(top.pid(), ExitReason.SHUTDOWN);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.SHUTDOWN);
        }
    }

    @Nested
    class Requests {

        @Test
        void a_child_started_on_request_has_a_typed_address() {
            var top = start(ONE_FOR_ONE);
            ActorFactory<String> echo = context -> message -> journal.lines.add(message);
            var child = worker("echo", echo);

            ChildStart<String> answer =
                    top.call(replyTo -> new Message.StartChild<>(child, replyTo), SOON);

            started(answer).child().send("hello");

            journal.awaitLines("hello");
        }

        @Test
        void a_child_can_be_terminated_restarted_and_deleted() {
            var top = start(ONE_FOR_ONE, journal.child("a"));

            Outcome terminated = top.call(reply -> new Message.TerminateChild("a", reply), SOON);
            ChildStart<?> restarted = top.call(reply -> new Message.RestartChild("a", reply), SOON);
            Outcome refused = top.call(reply -> new Message.DeleteChild("a", reply), SOON);

            assertThat(terminated).isEqualTo(new Outcome.Done());
            assertThat(restarted).isInstanceOf(ChildStart.Started.class);
            assertThat(refused).isEqualTo(new Outcome.Refused(new Refusal.Running()));
        }

        @Test
        void what_a_child_says_when_it_has_started_is_passed_on() {
            var top = start(ONE_FOR_ONE);
            ActorFactory<String> talker =
                    context -> {
                        context.started("port 80");
                        return message -> {};
                    };
            var child = worker("talker", talker);

            ChildStart<String> answer =
                    top.call(replyTo -> new Message.StartChild<>(child, replyTo), SOON);

            assertThat(started(answer).info()).contains("port 80");
        }

        @Test
        void children_that_died_unnoticed_are_known_but_not_counted() {
            var top = start(ONE_FOR_ONE, journal.child("a"), journal.child("b"));
            var a = Journal.pid(node, "a");
            order("a", new Order.Unlink(top.pid()));
            order("a", new Order.End(BOOM));
            await().until(() -> !node.isAlive(a));

            ChildCount count = top.call(Message.CountChildren::new, SOON);

            assertThat(count).isEqualTo(new ChildCount(2, 1, 0, 2));
            assertThat(which(top).getLast().status()).isEqualTo(new ChildStatus.Running(a));
        }

        @Test
        void a_call_fails_when_the_supervisor_ends_before_its_turn() {
            var top = start(ONE_FOR_ONE, journal.stubborn("a").shutdown(within(ofMillis(50))));
            node.exit(top.pid(), ExitReason.SHUTDOWN);

            assertThatThrownBy(() -> which(top)).isInstanceOf(CalleeEnded.class);
        }
    }

    private static <M> ChildStart.Started<M> started(ChildStart<M> answer) {
        if (answer instanceof ChildStart.Started<M> started) {
            return started;
        }
        throw new AssertionError(answer);
    }

    private static List<ChildInfo> which(ActorRef<Message> supervisor) {
        return supervisor.call(Message.WhichChildren::new, SOON);
    }

    /** Ends with the process: a kill interrupts its thread. */
    private static void awaitUntilKilled(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on even when its process has been killed. */
    private static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException killed) {
                // what a bad citizen does
            }
        }
    }
}
