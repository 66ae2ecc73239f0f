package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Processes that finish what they have accepted, and take nothing more from outside. */
@ParameterizedClass
@EnumSource(Puppet.Kind.class)
class DrainTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final SpawnOptions<Object> DRAINABLE = SpawnOptions.defaults().drainable();

    @RegisterExtension private final House house = new House();

    private final Puppet.Kind kind;

    DrainTest(Puppet.Kind kind) {
        this.kind = kind;
    }

    /** Drains {@code process}; the result is there when nothing accepted is left within. */
    private CompletableFuture<Boolean> drain(Puppet process) {
        var drained = new CompletableFuture<Boolean>();
        house.puppet()
                .does(
                        context ->
                                context.drain(
                                        process.pid(),
                                        () -> (Puppet.Act) inner -> drained.complete(true)));
        return drained;
    }

    private Puppet busy(CountDownLatch door) {
        var puppet = house.puppet(kind, DRAINABLE);
        var entered = new CountDownLatch(1);
        puppet.tell(
                context -> {
                    entered.countDown();
                    Waiting.on(door);
                });
        Waiting.on(entered);
        return puppet;
    }

    @Test
    void a_process_with_nothing_to_do_is_drained_at_once() {
        assertThat(Waiting.of(drain(house.puppet(kind, DRAINABLE)))).isTrue();
    }

    @Test
    void what_was_accepted_is_handled_first_and_what_comes_later_is_kept_out() {
        var door = house.door();
        var puppet = busy(door);
        puppet.ref().send("accepted");
        var drained = drain(puppet);

        assertThat(puppet.ref().offer("late")).isEqualTo(Offer.GATED);
        assertThat(house.puppet().<Offer>ask(context -> puppet.ref().offer("late")))
                .isEqualTo(Offer.GATED);
        puppet.ref().send("late");
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> puppet.ref().call(replyTo -> "late", MINUTE))
                .withMessageEndingWith(" was not taken: Gated[]");
        assertThat(drained).isNotDone();
        door.countDown();

        assertThat(Waiting.of(drained)).isTrue();
        assertThat(puppet.heard()).containsExactly("accepted");
        assertThat(house.node().fates().refused().get(Refused.GATED)).isEqualTo(4);
    }

    @Test
    void a_chain_of_messages_within_is_finished_whatever_its_length() {
        var door = house.door();
        var top = house.puppet(kind, DRAINABLE);
        var hops = new AtomicInteger();
        var a = house.keep(top.<Puppet>ask(context -> inner(context)));
        var b = house.keep(top.<Puppet>ask(context -> inner(context)));
        a.tell(
                context -> {
                    Waiting.on(door);
                    hop(a, b, hops, 1_000);
                });
        var drained = drain(top);
        assertThat(a.ref().offer("from outside")).isEqualTo(Offer.GATED);
        door.countDown();

        assertThat(Waiting.of(drained)).isTrue();
        assertThat(hops).hasValue(1_000);
    }

    private Puppet inner(Context<Object> context) {
        return Puppet.spawnLinked(context, kind, SpawnOptions.defaults());
    }

    private static void hop(Puppet from, Puppet to, AtomicInteger hops, int left) {
        if (left > 0) {
            hops.incrementAndGet();
            to.tell(context -> hop(to, from, hops, left - 1));
        }
    }

    @Test
    void who_feeds_itself_for_ever_is_never_drained() {
        var puppet = house.puppet(kind, DRAINABLE);
        var rounds = new AtomicInteger();
        feed(puppet, rounds);
        var drained = drain(puppet);
        int seen = rounds.get();

        Waiting.until("more rounds").until(() -> rounds.get() > seen + 1_000);
        assertThat(drained).isNotDone();
    }

    private static void feed(Puppet puppet, AtomicInteger rounds) {
        puppet.tell(
                context -> {
                    rounds.incrementAndGet();
                    feed(puppet, rounds);
                });
    }

    @Test
    void an_answer_that_is_waited_for_belongs_to_what_was_accepted() {
        var question = new CompletableFuture<ReplyTo<Object>>();
        var outside = house.puppet();
        var puppet = house.puppet(kind, DRAINABLE);
        puppet.does(
                context ->
                        context.request(
                                outside.ref(),
                                (ReplyTo<Object> replyTo) ->
                                        (Puppet.Act) inner -> question.complete(replyTo),
                                MINUTE,
                                answer -> answer));
        var reply = Waiting.of(question);
        var drained = drain(puppet);
        house.quiet();
        assertThat(drained).isNotDone();

        reply.send("answer");

        assertThat(Waiting.of(drained)).isTrue();
        assertThat(puppet.heard()).containsExactly(new Answer.Received<>("answer"));
    }

    @Test
    void a_request_whose_message_cannot_be_made_is_not_waited_for() {
        var puppet = house.puppet(kind, DRAINABLE);
        puppet.does(
                context -> {
                    try {
                        context.request(
                                puppet.ref(),
                                replyTo -> {
                                    throw new IllegalStateException("no message");
                                },
                                MINUTE,
                                answer -> answer);
                    } catch (IllegalStateException expected) {
                        // what was asked for was never sent
                    }
                });
        assertThat(Waiting.of(drain(puppet))).isTrue();
    }

    @Test
    void the_death_of_a_process_leaves_nothing_to_wait_for() {
        var puppet = busy(house.door());
        puppet.ref().send("a");
        puppet.ref().send("b");
        var drained = drain(puppet);
        house.node().kill(puppet.pid());

        assertThat(Waiting.of(drained)).isTrue();
    }

    @Test
    void a_part_can_be_drained_while_the_rest_goes_on() {
        var outer = house.puppet(kind, DRAINABLE);
        var inner =
                house.keep(
                        outer.<Puppet>ask(context -> Puppet.spawnLinked(context, kind, DRAINABLE)));
        assertThat(Waiting.of(drain(inner))).isTrue();

        assertThat(outer.<Offer>ask(context -> inner.ref().offer("from around")))
                .isEqualTo(Offer.GATED);
        assertThat(inner.ref().offer("from outside")).isEqualTo(Offer.GATED);
        assertThat(outer.ref().offer("still open")).isEqualTo(Offer.ACCEPTED);
        assertThat(outer.hears()).isEqualTo("still open");
    }

    @Test
    void a_sender_that_waits_for_room_hears_when_the_gate_closes() {
        var door = house.door();
        var puppet =
                house.puppet(kind, DRAINABLE.withMailbox(MailboxBound.bounded(1, Overflow.BLOCK)));
        var busy = new CountDownLatch(1);
        puppet.tell(
                context -> {
                    busy.countDown(); // it takes no room any more
                    Waiting.on(door);
                });
        Waiting.on(busy);
        Waiting.until("the mailbox to be full").until(() -> !puppet.ref().offer("a").isAccepted());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var offer = threads.submit(() -> puppet.ref().offer("b", MINUTE));
            var sent = house.puppet().begin(context -> puppet.ref().offer("c", MINUTE));
            var drained = drain(puppet);
            assertThat(Waiting.of(offer)).isEqualTo(Offer.GATED);
            assertThat(Waiting.of(sent)).isEqualTo(Offer.GATED);
            door.countDown();
            assertThat(Waiting.of(drained)).isTrue();
        }
    }

    /** M2: it never slips in after the gate, and never hangs before it. */
    @Test
    void a_sender_that_waits_for_room_and_a_gate_that_closes_meet_in_every_way() {
        int rounds = Duel.rounds(2_000);
        int gated = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < rounds; round++) {
                var puppet =
                        house.puppet(
                                kind,
                                DRAINABLE.withMailbox(MailboxBound.bounded(1, Overflow.BLOCK)));
                var go = new CountDownLatch(1);
                puppet.tell(context -> Waiting.on(go));
                var first = threads.submit(() -> puppet.ref().offer("a", MINUTE));
                var second = threads.submit(() -> puppet.ref().offer("b", MINUTE));
                if (round % 3 == 0) {
                    go.countDown();
                }
                var drained = drain(puppet);
                go.countDown();
                int accepted = 0;
                for (var offer : new Offer[] {Waiting.of(first), Waiting.of(second)}) {
                    assertThat(offer).isIn(Offer.ACCEPTED, Offer.GATED);
                    accepted += offer.isAccepted() ? 1 : 0;
                }
                assertThat(Waiting.of(drained)).isTrue();
                assertThat(puppet.heard()).hasSize(accepted);
                gated += 2 - accepted;
                house.node().kill(puppet.pid());
            }
        }
        assertThat(gated).as("rounds in which the gate was first").isBetween(1, 2 * rounds - 1);
    }

    @Test
    void only_what_was_created_for_it_can_be_drained() {
        var puppet = house.puppet(kind);
        var thrown = house.puppet().thrownBy(context -> context.drain(puppet.pid(), Object::new));
        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(puppet.pid() + " was not created to be drained");
    }

    // Sources

    private Puppet sourceBelow(Puppet top) {
        var options = SpawnOptions.defaults().source();
        return house.keep(top.<Puppet>ask(context -> Puppet.spawnLinked(context, kind, options)));
    }

    @Test
    void a_source_stands_outside_and_waits_at_the_gate_for_its_end() {
        var top = house.puppet(kind, DRAINABLE);
        var source = sourceBelow(top);
        assertThat(source.<Offer>ask(context -> top.ref().offer("a"))).isEqualTo(Offer.ACCEPTED);
        assertThat(Waiting.of(drain(top))).isTrue();
        assertThat(source.ref().offer("nothing comes in here either")).isEqualTo(Offer.GATED);
        assertThat(top.heard()).containsExactly("a");
    }

    @Test
    void a_source_that_sends_after_the_gate_has_closed_loses_one_message_and_is_still_there() {
        var door = house.door();
        var top = house.puppet(kind, DRAINABLE);
        var passed = new AtomicInteger();
        var source = sourceBelow(top);
        source.tell(
                context -> {
                    Waiting.on(door);
                    for (int i = 0; i < 100; i++) {
                        top.ref().send(i);
                        passed.incrementAndGet();
                    }
                });
        drain(top);
        door.countDown();
        Waiting.until("the gate being met")
                .until(() -> house.node().fates().refused().get(Refused.GATED) > 0);
        assertThat(passed).hasValue(0);
        assertThat(house.node().isAlive(source.pid())).isTrue();
        house.node().exit(source.pid(), ExitReason.SHUTDOWN);
        assertThat(source.end()).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(house.node().fates().refused().get(Refused.GATED)).isEqualTo(1);
    }

    @Test
    void a_source_that_is_killed_before_it_comes_to_the_gate_loses_one_message() {
        var top = house.puppet(kind, DRAINABLE);
        var source = sourceBelow(top);
        var pulled = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var unwound = new CompletableFuture<Boolean>();
        source.tell(
                context -> {
                    begun.countDown();
                    while (house.node().isAlive(source.pid())) {
                        Thread.onSpinWait(); // and takes no notice of an interrupt
                    }
                    try {
                        while (pulled.incrementAndGet() < 100) {
                            top.ref().send("lost");
                        }
                    } finally {
                        unwound.complete(true);
                    }
                });
        Waiting.on(begun);
        house.node().kill(source.pid());

        assertThat(Waiting.<Boolean>of(unwound)).isTrue();
        assertThat(pulled).hasValue(1);
    }
}
