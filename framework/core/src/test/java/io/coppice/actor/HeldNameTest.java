package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.Fates.Refused;
import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What is sent to a name between two processes that have it. */
@ParameterizedClass
@EnumSource(Puppet.Kind.class)
class HeldNameTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Name<Object> NAME = Name.of("ledger");

    @RegisterExtension private final House house = new House();

    private final Puppet.Kind kind;

    HeldNameTest(Puppet.Kind kind) {
        this.kind = kind;
    }

    private ActorRef<Object> ref() {
        return house.node().registry().ref(NAME);
    }

    private Puppet incarnation() {
        return house.puppet(kind, SpawnOptions.defaults().withName(NAME));
    }

    private void hold(int capacity) {
        house.node().registry().hold(NAME, capacity);
    }

    @Test
    void what_is_sent_to_a_name_that_nobody_has_is_refused_unless_it_is_to_be_held() {
        assertThat(ref().offer("a")).isEqualTo(Offer.NOT_OPEN);
        ref().send("b");
        assertThat(house.node().fates().refused().get(Refused.NO_SUCH_NAME)).isEqualTo(2);
        assertThatExceptionOfType(CalleeEnded.class)
                .isThrownBy(() -> ref().call(replyTo -> "c", MINUTE));
    }

    @Test
    void what_is_sent_between_two_incarnations_waits_for_the_next_and_comes_first() {
        hold(10);
        var first = incarnation();
        ref().send("a");
        assertThat(first.hears()).isEqualTo("a");
        house.node().kill(first.pid());

        ref().send("b");
        assertThat(ref().offer("c")).isEqualTo(Offer.ACCEPTED);
        house.puppet().does(context -> ref().send("d"));
        var second = incarnation();
        ref().send("e");

        for (var message : new String[] {"b", "c", "d", "e"}) {
            assertThat(second.hears()).isEqualTo(message);
        }
        assertThat(first.heard()).isEmpty();
    }

    @Test
    void no_more_is_held_than_may_be() {
        hold(2);
        assertThat(ref().offer("a")).isEqualTo(Offer.ACCEPTED);
        ref().send("b");
        assertThat(ref().offer("c")).isEqualTo(new Offer.Full(2));
        ref().send("d");
        assertThat(house.node().fates().refused().get(Refused.FULL)).isEqualTo(2);

        var taker = incarnation();
        assertThat(taker.hears()).isEqualTo("a");
        assertThat(taker.hears()).isEqualTo("b");
        house.quiet();
        assertThat(taker.heard()).isEmpty();
    }

    @Test
    void a_call_that_is_not_held_is_counted() {
        hold(1);
        ref().send("a");
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> ref().call(replyTo -> "b", MINUTE));
        assertThat(house.node().fates().refused().get(Refused.FULL)).isEqualTo(1);
        incarnation();
    }

    @Test
    void a_call_waits_for_whoever_takes_the_name_within_its_time() {
        hold(10);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> ref().<String>call(HeldNameTest::echo, MINUTE));
            var request = new CompletableFuture<Object>();
            house.puppet()
                    .does(
                            context ->
                                    context.request(
                                            ref(),
                                            HeldNameTest::echo,
                                            MINUTE,
                                            got -> (Puppet.Act) inner -> request.complete(got)));
            incarnation();
            assertThat(Waiting.of(answer)).isEqualTo("echo");
            assertThat(Waiting.of(request)).isEqualTo(new Answer.Received<>("echo"));
        }
    }

    private static Puppet.Act echo(ReplyTo<String> replyTo) {
        return context -> replyTo.send("echo");
    }

    @Test
    void a_request_whose_time_is_over_is_not_handed_over() {
        hold(10);
        assertThatExceptionOfType(CallTimeout.class)
                .isThrownBy(() -> ref().call(replyTo -> "late", Duration.ofMillis(10)));
        ref().send("b");
        var taker = incarnation();

        assertThat(taker.hears()).isEqualTo("b");
        house.quiet();
        assertThat(taker.heard()).isEmpty();
        assertThat(house.node().fates().dropped().get(Dropped.NEVER_CLAIMED)).isEqualTo(1);
    }

    @Test
    void requests_whose_time_is_over_make_room_for_others() {
        hold(2);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(CallTimeout.class)
                    .isThrownBy(() -> ref().call(replyTo -> "late", Duration.ofMillis(5)));
        }
        assertThat(ref().offer("a")).isEqualTo(Offer.ACCEPTED);
        assertThat(ref().offer("b")).isEqualTo(Offer.ACCEPTED);
        assertThat(ref().offer("c")).isEqualTo(new Offer.Full(2));
        var taker = incarnation();
        assertThat(taker.hears()).isEqualTo("a");
        assertThat(taker.hears()).isEqualTo("b");
    }

    @Test
    void who_takes_the_name_and_dies_answers_for_the_requests_it_was_handed() {
        hold(10);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer =
                    threads.submit(
                            () ->
                                    ref().call(
                                                    (ReplyTo<String> replyTo) ->
                                                            (Puppet.Act)
                                                                    context ->
                                                                            context.stop(
                                                                                    ExitReason
                                                                                            .SHUTDOWN),
                                                    MINUTE));
            Waiting.until("the call being held").until(() -> house.node().fates().accepted() > 0);
            incarnation();
            assertThatThrownBy(() -> Waiting.of(answer)).isInstanceOf(CalleeEnded.class);
        }
    }

    @Test
    void what_nobody_claims_is_dropped_when_the_node_stops() {
        var letters = new AtomicInteger();
        var node =
                Node.start(NodeOptions.defaults().withListener(event -> letters.incrementAndGet()));
        node.registry().hold(NAME, 10);
        node.registry().ref(NAME).send("a");
        var report = node.stop(Duration.ZERO);

        assertThat(report.lost()).containsEntry(Dropped.NEVER_CLAIMED, 1L);
        assertThat(report.letters()).hasSize(1);
        assertThat(letters).hasValue(1);
        assertThat(node.fates().isBalanced()).isTrue();
    }

    @Test
    void a_sender_that_has_been_killed_leaves_nothing_behind() {
        hold(10);
        var door = house.door();
        var sender = house.puppet();
        var entered = new CountDownLatch(1);
        sender.tell(
                context -> {
                    entered.countDown();
                    Waiting.stubbornlyOn(door);
                    ref().send("from a zombie");
                });
        Waiting.on(entered);
        house.node().kill(sender.pid());
        door.countDown();
        Waiting.until("the zombie's return").until(() -> house.node().zombies().isEmpty());
        var taker = incarnation();
        house.quiet();
        assertThat(taker.heard()).isEmpty();
    }

    @Test
    void a_caller_that_has_been_killed_is_told_so_as_everywhere() {
        hold(10);
        var door = house.door();
        var caller = house.puppet();
        var entered = new CountDownLatch(1);
        var told = new CompletableFuture<Throwable>();
        caller.tell(
                context -> {
                    entered.countDown();
                    Waiting.stubbornlyOn(door);
                    try {
                        ref().call(replyTo -> "from a zombie", MINUTE);
                    } catch (Throwable thrown) {
                        told.complete(thrown);
                    }
                });
        Waiting.on(entered);
        house.node().kill(caller.pid());
        door.countDown();

        assertThat(Waiting.of(told)).isInstanceOf(ProcessEnded.class);
        assertThat(house.node().fates().refused())
                .containsEntry(Refused.CALLER_DEAD, 1L)
                .containsEntry(Refused.SENDER_DEAD, 0L);
        incarnation();
    }

    @Test
    void a_capacity_that_makes_no_sense_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hold(0))
                .withMessage("capacity: 0, must be 1 or more");
    }

    /** More than are sent until the next kill, and few enough for the heap. */
    private static final int PER_ROUND = 50_000;

    /** What a zombie still does is done by its own incarnation, so order is looked at by those. */
    private record Handled(long incarnation, int number) {}

    @Test
    void a_name_that_changes_hands_under_fire_keeps_the_order_and_forgets_nothing() {
        hold(1_000_000);
        var handled = new ConcurrentLinkedQueue<Handled>();
        var over = new AtomicBoolean();
        var allowed = new AtomicInteger();
        var sent = house.puppet().begin(context -> fire(handled, allowed, over));
        for (int round = Duel.rounds(100); round > 0; round--) {
            int before = handled.size();
            allowed.addAndGet(PER_ROUND);
            var taker = incarnation();
            Waiting.until("something being handled").until(() -> handled.size() > before);
            house.node().kill(taker.pid());
            Waiting.of(house.node().ended(taker.pid()));
        }
        over.set(true);
        incarnation();
        int all = Waiting.of(sent);
        house.quiet();

        var fates = house.node().fates();
        long lost =
                fates.dropped().get(Dropped.RECEIVER_ENDED)
                        + fates.refused().get(Refused.RECEIVER_DEAD);
        assertThat(handled.size() + lost).isGreaterThanOrEqualTo(all);
        assertThat(handled.stream().map(Handled::number)).doesNotHaveDuplicates();
        assertThat(
                        handled.stream()
                                .sorted(Comparator.comparingLong(Handled::incarnation))
                                .map(Handled::number))
                .isSorted();
    }

    private int fire(Queue<Handled> handled, AtomicInteger allowed, AtomicBoolean over) {
        int number = 0;
        while (!over.get()) {
            int mine = number++;
            ref().send(
                            (Puppet.Act)
                                    context ->
                                            handled.add(
                                                    new Handled(
                                                            context.self().pid().number(), mine)));
            while (number >= allowed.get() && !over.get()) {
                Thread.yield();
            }
        }
        return number;
    }
}
