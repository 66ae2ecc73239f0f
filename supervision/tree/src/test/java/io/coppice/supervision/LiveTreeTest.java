package io.coppice.supervision;

import static io.coppice.supervision.Backoff.exponential;
import static io.coppice.supervision.Child.child;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.ShutdownMode.patiently;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.Journal.Order;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;

/** Trees that run, as they are shown: whoever hangs, nobody waits. */
class LiveTreeTest extends OnANode {

    private final CountDownLatch release = new CountDownLatch(1);
    private final ActorFactory<Object> hanging =
            context -> {
                awaitUntilKilled(release);
                return message -> {};
            };

    @AfterEach
    void releaseAll() {
        release.countDown();
    }

    /** The tree, with {@code n} in place of each number of a process, and columns not aligned. */
    private String print(Pid root) {
        return TreeView.of(node, root)
                .map(view -> view.print().replaceAll("<\\d+>", "<n>"))
                .map(tree -> tree.replaceAll("(?<=\\w|>) {2,}", "   "))
                .orElse("nothing");
    }

    private void awaitPrint(Pid root, String expected) {
        await().atMost(SOON).untilAsserted(() -> assertThat(print(root)).isEqualTo(expected));
    }

    @Test
    void a_supervisor_is_shown_though_one_that_wraps_it_has_published_something() {
        var wrapped = supervisor("wrapped", ONE_FOR_ONE).children(journal.child("child"));
        ActorFactory<Supervisor.Message> wrapper =
                context -> {
                    var inner = wrapped.create(context);
                    context.publish("something");
                    return new Actor<>() {
                        @Override
                        public void receive(Supervisor.Message message) throws Exception {
                            inner.receive(message);
                        }

                        @Override
                        public void opened() throws Exception {
                            inner.opened();
                        }
                    };
                };

        awaitPrint(
                node.start(wrapper, SpawnOptions.defaults()).pid(),
                """
                wrapped<n>   running, ONE_FOR_ONE, at most 1 restart in 5 s
                └── child<n>   running, name child\
                """);
    }

    @Test
    void a_tree_is_shown_with_pids_states_and_restarts() {
        var orders =
                supervisor("orders", ONE_FOR_ALL)
                        .children(journal.child("inbox"), journal.child("router"));
        var root = start(ONE_FOR_ONE, journal.child("ledger"), orders).pid();

        order("inbox", new Order.Crash());

        awaitPrint(
                root,
                """
                top<n>   running, ONE_FOR_ONE, at most 5 restarts in 60 s
                ├── ledger<n>   running, name ledger
                └── orders<n>   running, ONE_FOR_ALL, at most 1 restart in 5 s
                    ├── inbox<n>   running, 1 restart, name inbox
                    └── router<n>   running, 1 restart, name router\
                """);
    }

    @Test
    void a_supervisor_that_is_wrapped_is_shown_with_its_children() {
        var orders = supervisor("orders", ONE_FOR_ONE).children(journal.child("inbox"));
        var root = start(ONE_FOR_ONE, child("wrapped", orders::create).supervisorType()).pid();

        assertThat(print(root))
                .isEqualTo(
                        """
                        top<n>   running, ONE_FOR_ONE, at most 5 restarts in 60 s
                        └── wrapped<n>   running, ONE_FOR_ONE, at most 1 restart in 5 s
                            └── inbox<n>   running, name inbox\
                        """);
    }

    @Test
    void while_a_child_hangs_in_its_init_it_is_starting_and_those_after_it_are_not() {
        var orders =
                supervisor("orders", ONE_FOR_ONE)
                        .children(worker("inbox", hanging), journal.child("router"));
        var root =
                node.spawn(
                                supervisor("shop", ONE_FOR_ONE)
                                        .children(journal.child("ledger"), orders))
                        .pid();

        awaitPrint(
                root,
                """
                shop<n>   starting, ONE_FOR_ONE, at most 1 restart in 5 s
                ├── ledger<n>   running, name ledger
                └── orders<n>   starting, ONE_FOR_ONE, at most 1 restart in 5 s
                    ├── inbox<n>   starting
                    └── router   stopped, name router\
                """);
    }

    @Test
    void while_a_child_hangs_in_its_stop_it_is_stopping_and_those_before_it_run() {
        var root =
                start(
                                ONE_FOR_ONE,
                                journal.child("ledger"),
                                journal.stubborn("audit").shutdown(patiently()),
                                journal.child("till"))
                        .pid();

        node.exit(root, ExitReason.SHUTDOWN);

        awaitPrint(
                root,
                """
                top<n>   stopping, ONE_FOR_ONE, at most 5 restarts in 60 s
                ├── ledger<n>   running, name ledger
                ├── audit<n>   stopping, any time to stop, name audit
                └── till   stopped, name till\
                """);
        order("audit", new Order.End(ExitReason.SHUTDOWN));
    }

    @Test
    void a_child_that_waits_for_its_back_off_is_restarting() {
        var backoff = exponential(ofMinutes(5), ofMinutes(5));
        var root = start(ONE_FOR_ONE, journal.child("feed").backoff(backoff)).pid();

        order("feed", new Order.Crash());

        awaitPrint(
                root,
                """
                top<n>   running, ONE_FOR_ONE, at most 5 restarts in 60 s
                └── feed   restarting, back-off 300 s to 300 s, name feed\
                """);
    }

    @Test
    void of_very_many_children_the_oldest_ten_are_shown() {
        var sessions =
                node.start(
                        dynamicSupervisor(
                                        "sessions",
                                        ChildTemplate.<Integer, Object>each(
                                                "session", (context, number) -> message -> {}))
                                .restarts(10, ofSeconds(1)),
                        SpawnOptions.defaults());
        for (int i = 0; i < 1_234; i++) {
            int number = i;
            sessions.<ChildStart<Object>>call(
                    replyTo -> new DynamicSupervisor.Message.StartChild<>(number, replyTo), SOON);
        }

        var view = TreeView.of(node, sessions.pid()).orElseThrow();

        assertThat(view.children()).hasSize(10);
        assertThat(view.more()).isEqualTo(1_224);
        assertThat(view.print().lines()).hasSize(12).last().isEqualTo("└── ... and 1,224 more");
        assertThat(view.print(TreeFormat.MERMAID).lines())
                .last()
                .isEqualTo("    n0 --> n11(\"... and 1,224 more\")");
    }

    @Test
    void dynamic_children_that_are_stopped_all_at_once_are_stopping() {
        var sessions =
                node.start(
                        dynamicSupervisor(
                                "sessions",
                                each(
                                                "session",
                                                (context, none) -> {
                                                    context.trapExits(exited -> exited);
                                                    return message -> {};
                                                })
                                        .shutdown(patiently())),
                        SpawnOptions.defaults());
        ChildStart<Object> session =
                sessions.call(
                        replyTo -> new DynamicSupervisor.Message.StartChild<>("", replyTo), SOON);

        node.exit(sessions.pid(), ExitReason.SHUTDOWN);

        awaitPrint(
                sessions.pid(),
                """
                sessions<n>   stopping, dynamic, at most 1 restart in 5 s
                └── session<n>   stopping, any time to stop\
                """);
        node.kill(((ChildStart.Started<Object>) session).child().pid());
    }

    @Test
    void nothing_is_shown_of_a_supervisor_that_is_gone_nor_of_a_worker() {
        var root = start(ONE_FOR_ONE, journal.child("ledger")).pid();
        assertThat(TreeView.of(node, Journal.pid(node, "ledger"))).isEmpty();

        node.kill(root);

        assertThat(TreeView.of(node, root)).isEmpty();
    }
}
