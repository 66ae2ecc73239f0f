package io.coppice.actor;

import static io.coppice.actor.MailboxBound.bounded;
import static io.coppice.actor.Overflow.BLOCK;
import static io.coppice.actor.Overflow.DROP_NEWEST;
import static io.coppice.actor.Overflow.DROP_OLDEST;
import static io.coppice.actor.Overflow.FAIL;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static java.time.Duration.ofMillis;

import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.Fates.Refused;
import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Waiting;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Mailboxes with a bound. */
@ParameterizedClass
@EnumSource(Puppet.Kind.class)
class MailboxBoundTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension private final House house = new House();

    private final Puppet.Kind kind;

    MailboxBoundTest(Puppet.Kind kind) {
        this.kind = kind;
    }

    private Puppet puppet(MailboxBound bound) {
        return house.puppet(kind, SpawnOptions.defaults().withMailbox(bound));
    }

    /** A process with {@code bound} that handles nothing until the door is opened. */
    private Puppet busy(MailboxBound bound, CountDownLatch door) {
        var puppet = puppet(bound);
        var entered = new CountDownLatch(1);
        puppet.tell(
                context -> {
                    entered.countDown();
                    Waiting.on(door);
                });
        Waiting.on(entered);
        return puppet;
    }

    private static void send(Puppet to, Object... messages) {
        for (var message : messages) {
            to.ref().send(message);
        }
    }

    private void assertHears(Puppet puppet, Object... messages) {
        for (var message : messages) {
            assertThat(puppet.hears()).isEqualTo(message);
        }
        house.quiet();
        assertThat(puppet.heard()).isEmpty();
    }

    private long dropped(Dropped why) {
        return house.node().fates().dropped().get(why);
    }

    private long refused(Refused why) {
        return house.node().fates().refused().get(why);
    }

    // What an offer tells

    @ParameterizedTest
    @EnumSource(
            value = Overflow.class,
            names = {"BLOCK", "FAIL", "DROP_NEWEST"})
    void an_offer_is_accepted_until_the_mailbox_is_full(Overflow overflow) {
        var door = house.door();
        var puppet = busy(bounded(2, overflow), door);

        assertThat(puppet.ref().offer("a")).isEqualTo(Offer.ACCEPTED);
        assertThat(puppet.ref().offer("b")).isEqualTo(Offer.ACCEPTED);
        assertThat(puppet.ref().offer("c")).isEqualTo(new Offer.Full(2));
        door.countDown();

        assertHears(puppet, "a", "b");
        assertThat(puppet.ref().offer("d")).isEqualTo(Offer.ACCEPTED);
        assertHears(puppet, "d");
        assertThat(refused(Refused.FULL)).isEqualTo(1);
    }

    @Test
    void an_offer_to_a_process_that_has_ended_is_told_why_it_ended() {
        var puppet = puppet(bounded(1, BLOCK));
        puppet.tell(context -> context.stop(ExitReason.custom("enough")));
        Waiting.of(house.node().ended(puppet.pid()));

        assertThat(puppet.ref().offer("late"))
                .isEqualTo(new Offer.Closed(ExitReason.custom("enough")));
        assertThat(puppet.ref().offer("late", MINUTE))
                .isEqualTo(new Offer.Closed(ExitReason.custom("enough")));
    }

    @Test
    void an_offer_to_a_process_without_a_bound_is_accepted_or_told_that_it_is_closed() {
        var puppet = house.puppet(kind);
        assertThat(puppet.ref().offer("a")).isEqualTo(Offer.ACCEPTED);
        assertHears(puppet, "a");
        house.node().kill(puppet.pid());
        assertThat(puppet.ref().offer("b")).isEqualTo(new Offer.Closed(ExitReason.KILLED));
    }

    @Test
    void an_offer_waits_for_room_as_long_as_it_has_patience() {
        var door = house.door();
        var puppet = busy(bounded(1, FAIL), door);
        send(puppet, "a");

        assertThat(puppet.ref().offer("b", ofMillis(20))).isEqualTo(new Offer.Full(1));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var offer = threads.submit(() -> puppet.ref().offer("c", MINUTE));
            door.countDown();
            assertThat(Waiting.of(offer)).isEqualTo(Offer.ACCEPTED);
        }
        assertHears(puppet, "a", "c");
    }

    @Test
    void a_patience_below_zero_is_refused() {
        var puppet = puppet(bounded(1, FAIL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> puppet.ref().offer("a", ofMillis(-1)))
                .withMessage("patience: PT-0.001S, must not be negative");
    }

    // What overflows

    @Test
    void who_blocks_waits_and_all_of_a_burst_of_ten_times_the_bound_arrives_in_order() {
        var puppet = puppet(bounded(10, BLOCK));
        var bridge = house.puppet();

        bridge.does(context -> IntStream.range(0, 100).forEach(i -> puppet.ref().send(i)));

        assertHears(puppet, IntStream.range(0, 100).boxed().toArray());
        assertThat(refused(Refused.FULL)).isZero();
    }

    @Test
    void who_fails_is_told_whose_mailbox_is_full_and_loses_nothing_else() {
        var door = house.door();
        var puppet = busy(bounded(1, FAIL), door);
        send(puppet, "a");

        assertThatExceptionOfType(MailboxFull.class)
                .isThrownBy(() -> send(puppet, "b"))
                .withMessage("mailbox of %s is full: 1 messages wait".formatted(puppet.pid()));
        door.countDown();
        assertHears(puppet, "a");
        assertThat(refused(Refused.FULL)).isEqualTo(1);
    }

    @Test
    void the_newest_is_dropped_and_counted() {
        var door = house.door();
        var puppet = busy(bounded(2, DROP_NEWEST), door);
        send(puppet, "a", "b", "c", "d");
        door.countDown();

        assertHears(puppet, "a", "b");
        assertThat(refused(Refused.FULL)).isEqualTo(2);
    }

    @Test
    void the_oldest_is_dropped_and_counted() {
        var door = house.door();
        var puppet = busy(bounded(2, DROP_OLDEST), door);
        send(puppet, "a", "b", "c", "d");
        assertThat(puppet.ref().offer("e")).isEqualTo(Offer.ACCEPTED);
        door.countDown();

        assertHears(puppet, "d", "e");
        assertThat(dropped(Dropped.PUSHED_OUT)).isEqualTo(3);
    }

    @Test
    void who_would_wait_for_itself_is_told_so_at_once() {
        var puppet = puppet(bounded(1, BLOCK));
        var thrown =
                puppet.thrownBy(
                        context -> {
                            context.self().send("a");
                            context.self().send("b");
                        });

        assertThat(thrown).isInstanceOf(MailboxFull.class);
        assertHears(puppet, "a");
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void a_process_that_sends_to_itself_in_its_init_starts_with_room_for_one(Overflow overflow) {
        var heard = new CompletableFuture<String>();
        var options = SpawnOptions.<String>defaults().withMailbox(bounded(1, overflow));
        house.keepRef(
                house.node()
                        .start(
                                (ActorFactory<String>)
                                        context -> {
                                            context.self().send("hello");
                                            return heard::complete;
                                        },
                                options));
        assertThat(Waiting.of(heard)).isEqualTo("hello");
    }

    // Who waits

    @Test
    void the_death_of_a_full_process_frees_those_who_wait_for_room() {
        var puppet = busy(bounded(1, BLOCK), house.door());
        send(puppet, "a");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var offer = threads.submit(() -> puppet.ref().offer("b", MINUTE));
            var sender = house.puppet();
            var sent = sender.begin(context -> sendIt(puppet, "c"));
            house.node().kill(puppet.pid());

            assertThat(Waiting.of(offer)).isEqualTo(new Offer.Closed(ExitReason.KILLED));
            assertThat(Waiting.of(sent)).isTrue();
        }
    }

    private static boolean sendIt(Puppet to, Object message) {
        to.ref().send(message);
        return true;
    }

    @Test
    void who_waits_for_room_can_be_killed() {
        var puppet = busy(bounded(1, BLOCK), house.door());
        send(puppet, "a");
        var sender = house.puppet();
        sender.tell(context -> puppet.ref().send("b"));
        house.node().kill(sender.pid());

        Waiting.until("the sender's code having come back")
                .until(() -> house.node().zombies().isEmpty());
        assertThat(puppet.ref().offer("c")).isEqualTo(new Offer.Full(1));
    }

    @Test
    void those_who_wait_for_room_hold_up_nobody_else() {
        var puppet = busy(bounded(1, BLOCK), house.door());
        send(puppet, "a");
        for (int i = 0; i < 20; i++) {
            house.puppet().tell(context -> puppet.ref().send("b"));
        }
        var other = house.puppet();
        other.does(context -> context.self().send("alive"));
        assertThat(other.hears()).isEqualTo("alive");
    }

    // Calls

    @Test
    void a_call_to_a_full_process_is_refused_with_the_reason() {
        var door = house.door();
        var puppet = busy(bounded(1, FAIL), door);
        send(puppet, "a");

        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> puppet.ref().call(replyTo -> "ask", MINUTE))
                .satisfies(e -> assertThat(e.offer()).isEqualTo(new Offer.Full(1)));
        var asker = house.puppet();
        asker.does(
                context ->
                        context.request(puppet.ref(), replyTo -> "ask", MINUTE, answer -> answer));
        assertThat(asker.hears()).isEqualTo(new Answer.Refused<>(new Offer.Full(1)));
    }

    @Test
    void a_call_to_one_who_blocks_waits_for_room_within_its_time() {
        var puppet = busy(bounded(1, BLOCK), house.door());
        send(puppet, "a");
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> puppet.ref().call(replyTo -> "ask", ofMillis(20)));
    }

    // Signals

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void a_kill_and_an_exit_act_at_once_on_a_full_process(Overflow overflow) {
        var killed = busy(bounded(1, overflow), house.door());
        var exited = busy(bounded(1, overflow), house.door());
        killed.ref().offer("a");
        exited.ref().offer("a");

        house.node().kill(killed.pid());
        house.node().exit(exited.pid(), ExitReason.custom("out"));

        assertThat(killed.end()).isEqualTo(ExitReason.KILLED);
        assertThat(exited.end()).isEqualTo(ExitReason.custom("out"));
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void news_gets_into_a_full_mailbox_and_keeps_its_place(Overflow overflow) {
        var door = house.door();
        var peer = house.puppet();
        var puppet = puppet(bounded(1, overflow));
        puppet.does(
                context -> {
                    context.trapExits(news -> news);
                    context.link(peer.pid());
                    context.monitor(peer.pid(), news -> news);
                });
        puppet.tell(context -> Waiting.on(door));
        Waiting.until("room").until(() -> puppet.ref().offer("first").isAccepted());
        house.node().kill(peer.pid());
        Waiting.of(house.node().ended(peer.pid()));
        puppet.ref().offer("second");
        door.countDown();

        var heard = new ArrayList<Object>();
        for (int i = 0; i < 3; i++) {
            heard.add(puppet.hears());
        }
        assertThat(heard).anyMatch(Exited.class::isInstance).anyMatch(Down.class::isInstance);
        assertThat(heard.indexOf("first")).isLessThan(1);
    }

    @Test
    void an_exit_can_be_taken_out_of_a_mailbox_that_keeps_the_newest() {
        var peer = house.puppet();
        var puppet = puppet(bounded(1, DROP_OLDEST));
        var flushed =
                puppet.ask(
                        context -> {
                            context.trapExits(news -> news);
                            context.link(peer.pid());
                            house.node().kill(peer.pid());
                            Waiting.of(house.node().ended(peer.pid()));
                            Waiting.until("the news").until(() -> !isLinked(context, peer));
                            return context.unlinkAndFlush(peer.pid());
                        });
        assertThat(flushed).isTrue();
        house.quiet();
        assertThat(puppet.heard()).isEmpty();
    }

    private static boolean isLinked(Context<?> context, Puppet peer) {
        var self = context.self().pid();
        return context.node().info(self).orElseThrow().links().contains(peer.pid());
    }

    // High water

    @Test
    void high_water_is_told_once_until_it_has_gone_down_to_the_half() {
        var told = new ArrayList<NodeEvent>();
        var options = NodeOptions.defaults().withListener(told::add);
        try (var node = Node.start(options)) {
            var bound = bounded(10, DROP_NEWEST).withHighWater(4);
            var puppet = Puppet.start(node, node, kind, SpawnOptions.defaults().withMailbox(bound));
            var door = house.door();
            puppet.tell(context -> Waiting.on(door));
            Waiting.until("the handler").until(() -> node.fates().accepted() > 0);
            send(puppet, "a", "b", "c", "d", "e", "f");
            assertThat(told).hasSize(1);
            assertThat(told.getFirst())
                    .isInstanceOfSatisfying(
                            NodeEvent.HighWater.class,
                            high -> {
                                assertThat(high.process()).isEqualTo(puppet.pid());
                                assertThat(high.waiting()).isBetween(4, 5);
                                assertThat(high.bound()).isEqualTo(bound);
                            });
            door.countDown();
            for (int i = 0; i < 6; i++) {
                puppet.hears();
            }
            var again = house.door();
            puppet.tell(context -> Waiting.on(again));
            send(puppet, "a", "b", "c", "d", "e");
            assertThat(told).hasSize(2);
            again.countDown();
        }
    }

    @Test
    void a_mailbox_without_a_bound_can_tell_of_high_water_too() {
        var told = new ArrayList<NodeEvent>();
        try (var node = Node.start(NodeOptions.defaults().withListener(told::add))) {
            var puppet =
                    Puppet.start(
                            node,
                            node,
                            kind,
                            SpawnOptions.defaults().withMailbox(MailboxBound.unbounded(3)));
            var door = house.door();
            puppet.tell(context -> Waiting.on(door));
            send(puppet, IntStream.range(0, 100).boxed().toArray());
            assertThat(told).hasSize(1);
            door.countDown();
            for (int i = 0; i < 100; i++) {
                assertThat(puppet.hears()).isEqualTo(i);
            }
        }
    }

    // Races

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void all_that_many_send_to_one_who_blocks_arrives_in_the_order_of_each(int capacity)
            throws Exception {
        var puppet = puppet(bounded(capacity, BLOCK));
        int each = Duel.rounds(2_000);
        burst(puppet, each);

        var last = new HashMap<Integer, Integer>();
        for (int i = 0; i < 4 * each; i++) {
            var message = puppet.hears(Numbered.class);
            assertThat(message.number())
                    .isEqualTo(last.merge(message.sender(), 1, Integer::sum) - 1);
        }
    }

    @Test
    void what_remains_of_what_many_send_to_one_who_keeps_the_newest_is_in_order() throws Exception {
        var puppet = puppet(bounded(3, DROP_OLDEST));
        int each = Duel.rounds(2_000);
        burst(puppet, each);
        house.quiet();

        var heard = List.copyOf(puppet.heard());
        assertThat(heard.size() + dropped(Dropped.PUSHED_OUT)).isEqualTo(4L * each);
        var last = new HashMap<Integer, Integer>();
        for (var message : heard) {
            var numbered = (Numbered) message;
            var before = last.put(numbered.sender(), numbered.number());
            assertThat(before == null || before < numbered.number()).isTrue();
        }
    }

    private record Numbered(int sender, int number) {}

    private static void burst(Puppet to, int each) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int sender = 0; sender < 4; sender++) {
                int me = sender;
                all.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < each; i++) {
                                        to.ref().send(new Numbered(me, i));
                                    }
                                }));
            }
            for (var one : all) {
                one.get();
            }
        }
    }

    // What makes no sense

    @Test
    void a_bound_that_makes_no_sense_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded(0, BLOCK))
                .withMessage("capacity: 0, must be 1 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded(5, BLOCK).withHighWater(6))
                .withMessage("highWater: 6, not in 1 to 5");
        assertThat(bounded(1, BLOCK).highWater()).isEqualTo(1);
    }
}
