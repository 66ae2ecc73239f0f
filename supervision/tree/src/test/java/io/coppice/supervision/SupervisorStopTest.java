package io.coppice.supervision;

import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ShutdownMode.patiently;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofMillis;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.CalleeEnded;
import io.coppice.actor.Name;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.Journal.Order;
import io.coppice.supervision.Supervisor.Message;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Supervisors on a real node: their end, and what they do on request. */
class SupervisorStopTest extends OnANode {

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
}
