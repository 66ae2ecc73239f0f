package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How much an actor does before others get their turn. */
class TurnTest {

    private static final int PRODUCERS = 8;
    private static final int BURSTS = 20_000;
    private static final int BURST = 5;

    @Test
    void one_that_many_send_to_keeps_up_with_them() throws Exception {
        var sent = new AtomicLong();
        var lag = new AtomicLong();
        var done = new CountDownLatch(PRODUCERS * BURSTS * BURST);
        try (var node = Node.start(NodeOptions.defaults().withWorkers(1))) {
            ActorFactory<Long> counting =
                    context ->
                            number -> {
                                long handled = (long) PRODUCERS * BURSTS * BURST - done.getCount();
                                lag.accumulateAndGet(sent.get() - handled, Math::max);
                                done.countDown();
                            };
            var consumer = node.start(counting);
            for (int i = 0; i < PRODUCERS; i++) {
                node.start(producer(consumer, sent)).send(BURSTS);
            }

            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(lag.get()).isLessThan((long) PRODUCERS * BURSTS * BURST / 2);
        }
    }

    /** Goes on by sending to itself. */
    private static ActorFactory<Integer> producer(ActorRef<Long> consumer, AtomicLong sent) {
        return context ->
                left -> {
                    for (int i = 0; i < BURST; i++) {
                        sent.incrementAndGet();
                        consumer.send((long) i);
                    }
                    if (left > 1) {
                        context.self().send(left - 1);
                    }
                };
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
