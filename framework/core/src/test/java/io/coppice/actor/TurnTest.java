package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How much an actor does before others get their turn. */
class TurnTest {

    private static final int ROUNDS = 100;
    private static final int BURST = 200;

    /**
     * A worker looks at what is shared every 61 turns; so long one may have turn after turn, of
     * some thirty messages each, while the other waits there.
     */
    private static final int FLOOD = 5_000;

    /** Turns of half a millisecond would be as many only with a microsecond for each message. */
    private static final int MANY = 20;

    /** A thread may be taken off its processor in a turn, but not in every one. */
    @Test
    void one_that_has_been_sent_much_handles_all_of_it_in_a_turn() {
        try (var node = Node.start(NodeOptions.defaults().withWorkers(1))) {
            var handled = new AtomicInteger();
            var seen = new LinkedBlockingQueue<Integer>();
            ActorFactory<String> counting = context -> message -> handled.incrementAndGet();
            ActorFactory<String> looking = context -> message -> seen.add(handled.getAndSet(0));
            var consumer = node.start(counting);
            var other = node.start(looking);
            ActorFactory<String> sending =
                    context ->
                            message -> {
                                other.send("waits while the consumer, who is sent to last, runs");
                                for (int i = 0; i < BURST; i++) {
                                    consumer.send("one of many");
                                }
                            };
            var sender = node.start(sending);
            int most = 0;
            for (int round = 0; round < ROUNDS; round++) {
                sender.send("go on");
                most = Math.max(most, Waiting.next(seen));
                Waiting.until("the rest").until(() -> node.fates().isBalanced());
                handled.set(0);
            }

            assertThat(most).isEqualTo(BURST);
        }
    }

    /** If for a while nothing else has had a turn. */
    @Test
    void those_that_are_sent_much_from_outside_take_short_turns() {
        try (var node = Node.start(NodeOptions.defaults().withWorkers(1))) {
            var order = new ConcurrentLinkedQueue<String>();
            ActorFactory<String> noting = context -> order::add;
            ActorFactory<CountDownLatch> holding = context -> TurnTest::keepBusyUntil;
            var one = node.start(noting);
            var other = node.start(noting);
            var gate = node.start(holding);

            Waiting.until("many turns").until(() -> turns(gate, List.of(one, other), order) > MANY);
        }
    }

    /** It seems to compute, so its place is not given to another at once. */
    private static void keepBusyUntil(CountDownLatch begin) {
        while (begin.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    /**
     * How many turns it takes to handle what has been sent to {@code actors} before any of them had
     * one; 0 if one had one before.
     */
    private static int turns(
            ActorRef<CountDownLatch> gate,
            List<ActorRef<String>> actors,
            ConcurrentLinkedQueue<String> order) {
        order.clear();
        var begin = new CountDownLatch(1);
        gate.send(begin);
        for (int i = 0; i < FLOOD; i++) {
            actors.forEach(actor -> actor.send(actor.toString()));
        }
        boolean hasNotBegun = order.isEmpty();
        begin.countDown();
        Waiting.until("all is handled").until(() -> order.size() == FLOOD * actors.size());
        int turns = 0;
        String before = "";
        for (var it : order) {
            turns += it.equals(before) ? 0 : 1;
            before = it;
        }
        return hasNotBegun ? turns : 0;
    }

    @Test
    void one_that_is_flooded_lets_others_have_their_turn() throws Exception {
        var over = new CountDownLatch(1);
        var waited = new CountDownLatch(100);
        try (var node = Node.start(NodeOptions.defaults().withWorkers(1))) {
            ActorFactory<String> greedy =
                    context ->
                            again -> {
                                if (over.getCount() > 0) {
                                    context.self().send(again);
                                    context.self().send(again);
                                }
                            };
            ActorFactory<String> modest =
                    context ->
                            again -> {
                                waited.countDown();
                                context.self().send(again);
                            };
            node.start(greedy).send("again");
            node.start(modest).send("again");

            assertThat(waited.await(60, TimeUnit.SECONDS)).isTrue();
            over.countDown();
        }
    }
}
