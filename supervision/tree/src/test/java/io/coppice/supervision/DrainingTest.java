package io.coppice.supervision;

import static io.coppice.actor.MailboxBound.bounded;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ShutdownMode.draining;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Fates.Refused;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Offer;
import io.coppice.actor.Overflow;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.ShutdownReport;
import io.coppice.actor.ShutdownReport.Drain;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Trees that finish what they have accepted before they stop. */
class DrainingTest {

    private static final Duration MINUTE = ofMinutes(1);

    private final CountDownLatch door = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Integer> arrived = new ConcurrentLinkedQueue<>();

    @AfterEach
    void openDoor() {
        door.countDown();
    }

    /** Hands what it gets to the stage whose name follows, the last one to the test. */
    private final class Stage implements Actor<Integer> {
        private final Context<Integer> context;
        private final int number;
        private final boolean isLast;

        Stage(Context<Integer> context, int number, boolean isLast) {
            this.context = context;
            this.number = number;
            this.isLast = isLast;
        }

        @Override
        public void receive(Integer item) throws InterruptedException {
            if (number == 0) {
                door.await();
            }
            if (isLast) {
                arrived.add(item);
            } else {
                context.node().registry().ref(name(number + 1)).send(item);
            }
        }
    }

    private static Name<Integer> name(int stage) {
        return Name.of("stage-" + stage);
    }

    private Child<Integer> stage(int number, boolean isLast) {
        return worker(
                        "stage-" + number,
                        (Context<Integer> context) -> new Stage(context, number, isLast))
                .name(name(number));
    }

    private Supervisor pipeline(int stages) {
        var children =
                IntStream.range(0, stages)
                        .mapToObj(it -> stage(it, it == stages - 1))
                        .toArray(ChildSpec<?>[]::new);
        return supervisor("pipeline", ONE_FOR_ONE).shutdown(draining(MINUTE)).children(children);
    }

    private ShutdownReport stopWhileItWorks(Node node) throws Exception {
        var first = node.registry().ref(name(0));
        for (int item = 0; item < 1_000; item++) {
            first.send(item);
        }
        var report = node.beginStop(MINUTE);
        assertThat(first.offer(-1)).isEqualTo(Offer.GATED);
        door.countDown();
        return report.get(1, TimeUnit.MINUTES);
    }

    /** M5, M9: whatever the order of the stages, first or last to stop. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void a_pipeline_finishes_all_that_it_had_accepted_however_long_it_is(int stages)
            throws Exception {
        var node = Node.start(pipeline(stages));
        var report = stopWhileItWorks(node);

        assertThat(report.drain()).isEqualTo(Drain.COMPLETE);
        assertThat(arrived).containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        assertThat(report.lost().keySet()).containsExactly(Refused.GATED);
        assertThat(node.fates().isBalanced()).isTrue();
    }

    @Test
    void a_branch_is_drained_when_it_is_stopped_and_the_rest_of_the_tree_goes_on()
            throws Exception {
        var top = Name.<Supervisor.Message>of("top");
        try (var node =
                Node.start(
                        supervisor("top", ONE_FOR_ONE)
                                .name(top)
                                .children(stage(7, true), pipeline(3)))) {
            var first = node.registry().ref(name(0));
            for (int item = 0; item < 100; item++) {
                first.send(item);
            }
            var sup = node.registry().ref(top);
            var terminated = new ConcurrentLinkedQueue<Outcome>();
            sup.send(new Supervisor.Message.TerminateChild("pipeline", terminated::add));
            await().until(() -> first.offer(-1).equals(Offer.GATED));
            node.registry().ref(name(7)).send(4_711);
            await().until(() -> arrived.contains(4_711));
            assertThat(terminated).isEmpty();
            door.countDown();
            await().until(() -> !terminated.isEmpty());
            assertThat(terminated).containsExactly(new Outcome.Done());
            assertThat(arrived).hasSize(101);
        }
    }

    @Test
    void a_child_that_does_not_finish_in_time_is_killed_and_reported_as_late() throws Exception {
        var events = new ConcurrentLinkedQueue<TreeEvent>();
        var node =
                Node.start(
                        supervisor("top", ONE_FOR_ONE)
                                .listener(events::add)
                                .children(
                                        worker("ever", DrainingTest::ever)
                                                .name(Name.of("ever"))
                                                .shutdown(draining(ofMillis(50))),
                                        stage(0, true).shutdown(draining(MINUTE))));
        node.registry().ref(Name.<Object>of("ever")).send("go");
        node.registry().ref(name(0)).send(1);
        door.countDown();
        var report = node.stop(MINUTE);

        assertThat(report.late()).hasSize(1);
        assertThat(report.late().getFirst().process().label()).isEqualTo("ever");
        assertThat(report.reason()).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(arrived).containsExactly(1);
        assertThat(events).anyMatch(TreeEvent.ChildOverdue.class::isInstance);
    }

    private static Actor<Object> ever(Context<Object> context) {
        return message -> context.self().send(message);
    }

    @Test
    void the_children_of_a_dynamic_supervisor_are_drained_at_the_same_time() throws Exception {
        var guests = Name.<DynamicSupervisor.Message<Integer, Integer>>of("guests");
        var template =
                ChildTemplate.each(
                                "guest",
                                (Context<Integer> context, Integer number) ->
                                        new Stage(context, 0, true))
                        .shutdown(draining(MINUTE));
        var node =
                Node.start(
                        supervisor("top", ONE_FOR_ONE)
                                .children(
                                        DynamicSupervisor.dynamicSupervisor("guests", template)
                                                .name(guests)));
        var made = new ArrayList<ActorRef<Integer>>();
        for (int i = 0; i < 5; i++) {
            made.add(started(node, guests, i));
        }
        made.forEach(guest -> guest.send(1));
        var report = node.beginStop(MINUTE);
        door.countDown();
        report.get(1, TimeUnit.MINUTES);
        assertThat(arrived).hasSize(5);
    }

    private static ActorRef<Integer> started(
            Node node, Name<DynamicSupervisor.Message<Integer, Integer>> name, int number) {
        ChildStart<Integer> start =
                node.registry()
                        .ref(name)
                        .call(
                                (ReplyTo<ChildStart<Integer>> replyTo) ->
                                        new DynamicSupervisor.Message.StartChild<>(number, replyTo),
                                MINUTE);
        return ((ChildStart.Started<Integer>) start).child();
    }

    /** A loop pulls what nobody may lose: once the gate is shut it takes one more at most. */
    @Test
    void a_loop_that_pulls_waits_at_the_gate_and_spends_no_restart() throws Exception {
        var pulled = new AtomicInteger();
        var events = new ConcurrentLinkedQueue<TreeEvent>();
        var tree =
                supervisor("top", ONE_FOR_ONE)
                        .listener(events::add)
                        .shutdown(draining(MINUTE))
                        .children(
                                stage(0, true),
                                Child.loop(
                                        "consumer",
                                        node -> {
                                            var first = node.registry().ref(name(0));
                                            while (true) {
                                                first.send(pulled.incrementAndGet());
                                                Thread.yield();
                                            }
                                        }));
        door.countDown();
        var node = Node.start(tree);
        await().until(() -> arrived.size() > 100);
        var report = node.stop(MINUTE);

        assertThat(report.drain()).isEqualTo(Drain.COMPLETE);
        assertThat(pulled.get()).isBetween(arrived.size(), arrived.size() + 1);
        assertThat(events).noneMatch(TreeEvent.ChildExited.class::isInstance);
    }

    // Mailboxes and names of children

    @Test
    void a_child_has_the_mailbox_that_its_specification_gives_it() {
        var tree =
                supervisor("top", ONE_FOR_ONE)
                        .children(stage(0, true).mailbox(bounded(1, Overflow.DROP_NEWEST)));
        try (var node = Node.start(tree)) {
            var first = node.registry().ref(name(0));
            await().until(() -> first.offer(1).equals(new Offer.Full(1)));
            door.countDown();
        }
    }

    @Test
    void what_is_sent_while_a_child_is_restarted_waits_for_its_next_incarnation() {
        var tree =
                supervisor("top", ONE_FOR_ONE)
                        .restarts(1_000, Duration.ofSeconds(1))
                        .children(stage(0, true).holding(1_000));
        door.countDown();
        try (var node = Node.start(tree)) {
            var first = node.registry().ref(name(0));
            int refused = 0;
            for (int round = 0; round < 100; round++) {
                node.kill(first.pid());
                refused += first.offer(round).isAccepted() ? 0 : 1;
                await().until(() -> node.registry().lookup(name(0)).isPresent());
            }
            assertThat(refused).isZero();
            await().until(() -> arrived.size() == 100);
        }
    }

    @Test
    void holding_without_a_name_is_a_contradiction() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> worker("a", DrainingTest::ever).holding(1))
                .withMessage("holding of a: it has no name for which messages could be held");
    }
}
