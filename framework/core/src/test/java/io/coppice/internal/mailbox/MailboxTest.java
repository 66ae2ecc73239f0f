package io.coppice.internal.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The queue of a process: many put in, one at a time takes out. */
class MailboxTest {

    /** A process that does nothing but take out, a batch at a time, on some executor. */
    private static final class Box extends Mailbox {
        private final ExecutorService executor;
        private final int batch;
        private final AtomicInteger consumers = new AtomicInteger();
        private final List<Object> opened = new ArrayList<>();
        private int trespasses;
        private volatile boolean dead;

        Box(ExecutorService executor, int batch) {
            super(1, "box", new Envelope("first"));
            this.executor = executor;
            this.batch = batch;
        }

        @Override
        public boolean isDead() {
            return dead;
        }

        void schedule() {
            executor.execute(this::run);
        }

        void send(Object message, Mailbox sender) {
            if (post(new Envelope(message), sender)) {
                schedule();
            }
        }

        private void run() {
            if (consumers.incrementAndGet() != 1) {
                trespasses++;
            }
            var envelope = head();
            for (int left = batch; ; left--) {
                opened.add(envelope.open());
                var next = peek(envelope);
                if (next == null) {
                    consumers.decrementAndGet();
                    if (goIdle(envelope)) {
                        return;
                    }
                    next = await(envelope);
                    if (consumers.incrementAndGet() != 1) {
                        trespasses++;
                    }
                }
                forget(envelope);
                envelope = next;
                if (left == 0) {
                    pauseAt(envelope);
                    consumers.decrementAndGet();
                    schedule();
                    return;
                }
            }
        }

        boolean takeBack(Object from, Object wanted) {
            var at = head();
            while (!at.content().equals(from)) {
                at = await(at);
            }
            return takeBackFirst(at, wanted::equals);
        }
    }

    private record Sent(int by, int number) {}

    @Tag("stress")
    @ParameterizedTest(name = "{0} senders")
    @ValueSource(ints = {1, 2, 8})
    void nothing_is_lost_doubled_or_overtaken_by_what_the_same_sender_sent(int senders) {
        int each = Duel.rounds(800_000) / senders;
        try (var consumers = Executors.newFixedThreadPool(2);
                var producers = Executors.newFixedThreadPool(senders)) {
            var box = new Box(consumers, 50);
            box.schedule();
            for (int s = 0; s < senders; s++) {
                int by = s;
                producers.execute(
                        () -> {
                            for (int i = 0; i < each; i++) {
                                box.send(new Sent(by, i), null);
                                if (i % 1_000 == 0) {
                                    Thread.yield();
                                }
                            }
                        });
            }
            Waiting.until("all").atMost(Waiting.PATIENCE.multipliedBy(5)).until(box::isIdle);
            producers.shutdown();
            Waiting.until("the end of the senders").until(producers::isTerminated);
            Waiting.until("all").until(box::isIdle);

            assertThat(box.trespasses).as("times at which two consumed").isZero();
            assertThat(box.opened).hasSize(senders * each + 1);
            var next = new int[senders];
            for (var message : box.opened.subList(1, box.opened.size())) {
                var sent = (Sent) message;
                assertThat(sent.number()).isEqualTo(next[sent.by()]++);
            }
        }
    }

    @Tag("stress")
    @Test
    void the_end_of_idleness_is_seen_by_exactly_one_sender() {
        int rounds = Duel.rounds(100_000);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var box = new Box(threads, 50);
            box.schedule();
            for (int round = 0; round < rounds / 4; round++) {
                var sent = new CountDownLatch(2);
                for (int s = 0; s < 2; s++) {
                    threads.execute(
                            () -> {
                                box.send("hello", null);
                                sent.countDown();
                            });
                }
                Waiting.on(sent);
            }
            Waiting.until("all").until(box::isIdle);

            assertThat(box.trespasses).isZero();
            assertThat(box.opened).hasSize(2 * (rounds / 4) + 1);
        }
    }

    @Test
    void what_the_dead_send_is_marked() {
        try (var threads = Executors.newFixedThreadPool(1)) {
            var box = new Box(threads, 50);
            var sender = new Box(threads, 50);
            box.send("alive", sender);
            sender.dead = true;
            box.send("dead", sender);
            box.send("nobody", null);
            box.schedule();
            Waiting.until("all").until(box::isIdle);

            assertThat(box.opened)
                    .containsExactly("first", "alive", Envelope.SENDER_ENDED, "nobody");
        }
    }

    @Test
    void what_comes_from_outside_and_finds_the_gate_closed_is_marked_and_does_not_count() {
        try (var threads = Executors.newFixedThreadPool(1)) {
            var gate = new Gate(2);
            var box = new Box(threads, 50);
            gate.admit();
            box.postFromOutside(new FromOutside("let in"), gate);
            gate.admit();
            gate.shut();
            box.postFromOutside(new FromOutside("kept out"), gate);
            box.schedule();
            Waiting.until("all").until(box::isIdle);

            assertThat(box.opened).containsExactly("first", "let in", Envelope.GATED);
            assertThat(gate.admitted()).isEqualTo(1);
        }
    }

    @Test
    void the_first_that_is_wanted_is_taken_back() {
        try (var threads = Executors.newFixedThreadPool(1)) {
            var box = new Box(threads, 50);
            for (var message : List.of("a", "b", "c", "b")) {
                box.send(message, null);
            }

            assertThat(box.takeBack("first", "b")).isTrue();
            assertThat(box.takeBack("first", "a")).isTrue();
            assertThat(box.takeBack("first", "a")).isFalse();
            assertThat(box.takeBack("c", "c")).as("the one at hand is not searched").isFalse();
            box.schedule();
            Waiting.until("all").until(box::isIdle);
            assertThat(box.opened)
                    .containsExactly("first", Envelope.TAKEN_BACK, Envelope.TAKEN_BACK, "c", "b");
        }
    }

    @Test
    void it_is_born_busy_and_idle_when_all_has_been_handled() {
        try (var threads = Executors.newFixedThreadPool(1)) {
            var box = new Box(threads, 50);
            assertThat(box.isIdle()).isFalse();
            assertThat(box.post(new Envelope("second"), null))
                    .as("whether the sender must see to it")
                    .isFalse();
            box.schedule();
            Waiting.until("all").until(box::isIdle);

            assertThat(box.post(new Envelope("third"), null)).isTrue();
            assertThat(box.opened).containsExactly("first", "second");
        }
    }

    @Test
    void news_is_made_into_a_message_only_when_it_is_opened() {
        var made = new AtomicInteger();
        var news =
                new News<>(
                        "what",
                        what -> {
                            made.incrementAndGet();
                            return what + " happened";
                        });
        assertThat(news.content()).isEqualTo("what");
        assertThat(made).hasValue(0);
        assertThat(news.open()).isEqualTo("what happened");

        news.empty(Envelope.TAKEN_BACK);
        assertThat(news.open()).isSameAs(Envelope.TAKEN_BACK);
        assertThat(made).hasValue(1);
    }
}
