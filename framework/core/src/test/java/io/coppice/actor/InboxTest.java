package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Down;
import io.coppice.process.Exited;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** How a program takes its messages. */
class InboxTest {

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension private final House house = new House();

    private Puppet program;

    @BeforeEach
    void start() {
        program = house.puppet(Kind.PROGRAM);
    }

    private void send(Object... messages) {
        for (var message : messages) {
            program.ref().send(message);
        }
    }

    // Order

    @Test
    void who_polls_and_then_waits_to_be_opened_is_counted_once() {
        var opened = new CountDownLatch(1);
        Program<Object> program =
                (context, inbox) -> {
                    inbox.poll(Duration.ofMillis(1));
                    inbox.awaitOpened();
                    opened.countDown();
                    inbox.take();
                };
        var process = house.keepRef(house.node().spawn(program));
        Waiting.on(opened);
        process.send("last");
        Waiting.until("its end").until(() -> !house.node().isAlive(process.pid()));
        house.quiet();
    }

    @Test
    void messages_are_taken_in_the_order_of_their_arrival() {
        var taken = program.beginInbox(inbox -> List.of(inbox.take(), inbox.take(), inbox.take()));
        send("a", "b", "c");

        assertThat(Waiting.of(taken)).containsExactly("a", "b", "c");
    }

    @Test
    void a_selective_take_leaves_the_others_in_order() {
        var taken =
                program.beginInbox(
                        inbox ->
                                List.of(
                                        inbox.take("c"::equals),
                                        inbox.take("a"::equals),
                                        inbox.take(),
                                        inbox.take(),
                                        inbox.take()));
        send("a", "b", "c", "d", "e");

        assertThat(Waiting.of(taken)).containsExactly("c", "a", "b", "d", "e");
    }

    @Test
    void what_was_passed_over_comes_before_what_came_later_whatever_the_selection() {
        var taken =
                program.beginInbox(
                        inbox -> {
                            var all = new ArrayList<Object>();
                            for (int i = 99; i >= 0; i -= 3) {
                                int wanted = i;
                                all.add(inbox.take(message -> message.equals(wanted)));
                            }
                            for (int i = 0; i < 66; i++) {
                                all.add(inbox.take());
                            }
                            return all;
                        });
        for (int i = 0; i < 100; i++) {
            send(i);
        }
        var expected = new ArrayList<Object>();
        for (int i = 99; i >= 0; i -= 3) {
            expected.add(i);
        }
        for (int i = 0; i < 100; i++) {
            if (i % 3 != 0) {
                expected.add(i);
            }
        }

        assertThat(Waiting.of(taken)).isEqualTo(expected);
    }

    @Test
    void a_selection_that_throws_loses_no_message() {
        var boom = new IllegalStateException("boom");
        var taken =
                program.beginInbox(
                        inbox -> {
                            assertThatThrownBy(
                                            () ->
                                                    inbox.take(
                                                            message -> {
                                                                throw boom;
                                                            }))
                                    .isSameAs(boom);
                            return List.of(inbox.take(), inbox.take());
                        });
        send("a", "b");

        assertThat(Waiting.of(taken)).containsExactly("a", "b");
    }

    // Polling

    @Test
    void a_poll_returns_what_has_arrived() {
        send("a");
        program.hears();
        var found =
                program.askInbox(
                        inbox -> {
                            send("b", "c");
                            return List.of(
                                    inbox.poll(Duration.ZERO, "c"::equals),
                                    inbox.poll(Duration.ZERO),
                                    inbox.poll(Duration.ZERO));
                        });

        assertThat(found).isEqualTo(List.of(Optional.of("c"), Optional.of("b"), Optional.empty()));
    }

    @Test
    void a_poll_waits_for_what_arrives_in_time() {
        var found = program.beginInbox(inbox -> inbox.poll(MINUTE));
        send("in time");

        assertThat(Waiting.of(found)).contains("in time");
    }

    @Test
    void a_poll_returns_nothing_when_its_time_is_over_and_not_before() {
        long start = house.node().clock().nanoTime();
        var found = program.askInbox(inbox -> inbox.poll(MOMENT));

        assertThat(found).isEmpty();
        assertThat(house.node().clock().nanoTime() - start)
                .isGreaterThanOrEqualTo(MOMENT.toNanos());
    }

    @Test
    void a_poll_that_found_nothing_loses_nothing() {
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            var found =
                    program.askInbox(
                            inbox -> {
                                inbox.poll(Duration.ZERO);
                                send(number);
                                return inbox.poll(MINUTE);
                            });
            assertThat(found).contains(number);
        }
    }

    @Test
    void a_poll_for_something_returns_though_other_messages_never_cease() {
        int most = 5_000_000;
        var sent = new AtomicInteger();
        var seen = new AtomicInteger();
        var enough = new AtomicBoolean();
        var flooding = new CountDownLatch(1);
        var flood =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!enough.get() && sent.get() < most) {
                                        if (sent.get() - seen.get() < 10_000) {
                                            send("flood");
                                            sent.incrementAndGet();
                                        } else {
                                            flooding.countDown();
                                        }
                                    }
                                });
        Predicate<Object> never =
                message -> {
                    seen.incrementAndGet();
                    return false;
                };
        program.askInbox(
                inbox -> {
                    Waiting.on(flooding);
                    return List.of(inbox.poll(MOMENT, never), inbox.poll(Duration.ZERO, never));
                });
        enough.set(true);

        assertThat(sent.get()).as("messages sent until the polls had returned").isLessThan(most);
        Waiting.until("the end of the flood").until(() -> !flood.isAlive());
    }

    @Test
    void a_negative_timeout_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> program.askInbox(inbox -> inbox.poll(MOMENT.negated())))
                .withMessageStartingWith("timeout: PT-0.02S");
    }

    // Flushing

    @Test
    void unlink_and_flush_finds_an_exit_that_came_after_the_inbox_was_found_empty() {
        var peer = house.puppet();
        var flushed = new CompletableFuture<Boolean>();
        Program<Object> waiting =
                (context, inbox) -> {
                    context.trapExits(news -> news);
                    context.link(peer.pid());
                    inbox.poll(Duration.ZERO);
                    endMeanwhile(peer, context);
                    flushed.complete(context.unlinkAndFlush(peer.pid()));
                    flushed.complete(inbox.poll(Duration.ZERO).isEmpty());
                };
        house.keepRef(house.node().spawn(waiting));

        assertThat(Waiting.of(flushed)).isTrue();
    }

    @Test
    void unlink_and_flush_finds_an_exit_that_a_selective_take_has_passed_over() {
        var peer = house.puppet();
        var flushed = new CompletableFuture<List<Boolean>>();
        Program<Object> selective =
                (context, inbox) -> {
                    context.trapExits(news -> "mapped " + news);
                    context.link(peer.pid());
                    endMeanwhile(peer, context);
                    context.self().send("wanted");
                    inbox.take("wanted"::equals);
                    flushed.complete(
                            List.of(
                                    context.unlinkAndFlush(peer.pid()),
                                    inbox.poll(Duration.ZERO).isEmpty()));
                };
        house.keepRef(house.node().spawn(selective));

        assertThat(Waiting.of(flushed)).containsExactly(true, true);
    }

    @Test
    void demonitor_and_flush_finds_news_that_a_selective_take_has_passed_over() {
        var peer = house.puppet();
        var left = new CompletableFuture<Optional<Object>>();
        Program<Object> selective =
                (context, inbox) -> {
                    var other = context.monitor(peer.pid(), news -> news);
                    var monitor = context.monitor(peer.pid(), news -> news);
                    endMeanwhile(peer, context);
                    context.self().send("wanted");
                    inbox.take("wanted"::equals);
                    context.demonitorAndFlush(monitor);
                    var found = inbox.poll(Duration.ZERO);
                    assertThat(found).contains(new Down(other, NORMAL));
                    left.complete(inbox.poll(Duration.ZERO));
                };
        house.keepRef(house.node().spawn(selective));

        assertThat(Waiting.of(left)).isEmpty();
    }

    @Test
    void a_timer_that_is_cancelled_takes_back_a_tick_that_a_selective_take_has_passed_over() {
        var left = new CompletableFuture<Optional<Object>>();
        Program<Object> selective =
                (context, inbox) -> {
                    var timer = context.timers().after(Duration.ZERO, "tick");
                    Waiting.until("the tick").until(() -> house.node().fates().accepted() >= 3);
                    context.self().send("wanted");
                    inbox.take("wanted"::equals);
                    timer.cancel();
                    left.complete(inbox.poll(Duration.ZERO));
                };
        house.quiet();
        house.keepRef(house.node().spawn(selective));

        assertThat(Waiting.of(left)).isEmpty();
        house.quiet();
        assertThat(house.node().fates().dropped()).containsEntry(Fates.Dropped.TAKEN_BACK, 1L);
    }

    private static void endMeanwhile(Puppet peer, Context<?> context) {
        peer.tell(stopping -> stopping.stop(NORMAL));
        var me = context.self().pid();
        Waiting.until("the news")
                .until(
                        () -> {
                            var info = context.node().info(me).orElseThrow();
                            return info.links().isEmpty() && info.monitors().isEmpty();
                        });
    }

    // The end

    @Test
    void a_kill_ends_a_program_that_waits_for_a_message() {
        for (int i = 0; i < 200; i++) {
            var returned = new CompletableFuture<Throwable>();
            var waiting = new CountDownLatch(1);
            Program<Object> taking =
                    (context, inbox) -> {
                        try {
                            waiting.countDown();
                            inbox.take("never"::equals);
                        } catch (Throwable thrown) {
                            returned.complete(thrown);
                            throw thrown;
                        }
                    };
            var process = house.node().spawn(taking);
            Waiting.on(waiting);
            house.node().kill(process.pid());

            assertThat(Waiting.of(returned)).isInstanceOf(ProcessEnded.class);
        }
    }

    @Test
    void a_program_that_swallows_its_end_can_take_nothing_more() {
        var ends = new CompletableFuture<Integer>();
        Program<Object> stubborn =
                (context, inbox) -> {
                    int count = 0;
                    while (count < 100) {
                        try {
                            inbox.take();
                        } catch (ProcessEnded swallowed) {
                            count++;
                        }
                    }
                    ends.complete(count);
                };
        var process = house.node().start(stubborn);
        house.node().kill(process.pid());
        process.send("nobody hears this");

        assertThat(Waiting.of(ends)).isEqualTo(100);
    }

    @Test
    void a_kill_ends_a_program_that_reads_from_a_socket() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var linked = house.puppet();
            var returned = new CompletableFuture<Throwable>();
            Program<Object> reading =
                    (context, inbox) -> {
                        context.link(linked.pid());
                        context.started();
                        try (var socket =
                                new Socket(server.getInetAddress(), server.getLocalPort())) {
                            socket.getInputStream().read();
                        } catch (Throwable thrown) {
                            returned.complete(thrown);
                            throw thrown;
                        }
                    };
            var process = house.node().start(reading);
            try (var peer = server.accept()) {
                house.node().kill(process.pid());

                assertThat(linked.isAlive()).isFalse();
                assertThat(linked.end()).isEqualTo(KILLED);
                assertThat(Waiting.of(returned)).isInstanceOf(IOException.class);
                assertThat(peer.isConnected()).isTrue();
            }
        }
    }

    @Test
    void an_interrupt_by_somebody_else_is_an_interrupt_and_the_program_may_go_on() {
        var thread = new CompletableFuture<Thread>();
        var interrupted = new CompletableFuture<Boolean>();
        Program<Object> patient =
                (context, inbox) -> {
                    thread.complete(Thread.currentThread());
                    try {
                        inbox.take("never"::equals);
                    } catch (InterruptedException expected) {
                        interrupted.complete(true);
                    }
                    throw context.stop(custom(inbox.take()));
                };
        var process = house.node().start(patient);
        var end = house.node().ended(process.pid());
        process.send("kept");
        Waiting.of(thread).interrupt();

        assertThat(Waiting.of(interrupted)).isTrue();
        assertThat(Waiting.of(end)).isEqualTo(custom("kept"));
    }

    @Test
    void what_a_program_has_not_taken_is_dropped_and_counted() {
        var door = house.door();
        Program<Object> brief =
                (context, inbox) -> {
                    context.started();
                    Waiting.on(door);
                    inbox.take("last"::equals);
                };
        var process = house.node().start(brief);
        for (int i = 0; i < 100; i++) {
            process.send(i);
        }
        process.send("last");
        process.send("never looked at");
        door.countDown();
        house.awaitProcesses(1);
        house.quiet();

        assertThat(house.node().fates().dropped())
                .containsEntry(Fates.Dropped.RECEIVER_ENDED, 101L);
    }

    @Test
    void a_program_that_returns_is_heard_of_once() {
        var watcher = house.puppet().trapping();
        for (int i = 0; i < 500; i++) {
            Program<Object> brief = (context, inbox) -> inbox.take();
            var process = watcher.ask(context -> context.spawnLinked(brief));
            process.send("go");
            assertThat(watcher.hears()).isEqualTo(new Exited(process.pid(), NORMAL));
        }
        house.quiet();
        assertThat(watcher.heard()).isEmpty();
    }

    // Foreign threads

    @Test
    void another_thread_cannot_use_the_inbox() {
        var inbox = program.askInbox(own -> own);
        var failure = new CompletableFuture<Throwable>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                inbox.poll(Duration.ZERO);
                            } catch (Throwable thrown) {
                                failure.complete(thrown);
                            }
                        });

        assertThat(Waiting.of(failure)).isInstanceOf(IllegalStateException.class);
        assertThat(program.isAlive()).isTrue();
    }
}
