package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A program waits for messages that come at any moment, and for its end. */
@Tag("stress")
class ProgramRaceTest {

    @RegisterExtension private final House house = new House();

    @Test
    void no_message_that_comes_as_a_program_goes_to_sleep_is_overlooked() {
        var rallies = Duel.rounds(100_000);
        var done = new CompletableFuture<Integer>();
        var other = new AtomicReference<ActorRef<Integer>>();
        Program<Integer> player =
                (context, inbox) -> {
                    while (true) {
                        int ball = inbox.take();
                        if (ball == rallies) {
                            done.complete(ball);
                        } else {
                            var partner = context.self().equals(other.get()) ? null : other.get();
                            (partner == null ? context.self() : partner).send(ball + 1);
                        }
                    }
                };
        var one = house.keepRef(house.node().start(player));
        other.set(house.keepRef(house.node().start(player)));
        one.send(0);

        assertThat(Waiting.of(done, Duration.ofMinutes(5))).isEqualTo(rallies);
    }

    @Test
    void no_message_is_overlooked_by_polls_that_give_up_as_it_comes() {
        int count = Duel.rounds(50_000);
        var program = house.puppet(Kind.PROGRAM);
        var taken =
                program.beginInbox(
                        inbox -> {
                            int next = 0;
                            while (next < count) {
                                var message = inbox.poll(Duration.ofNanos(1 + next % 2_000));
                                if (message.isPresent()) {
                                    assertThat(message).contains(next);
                                    next++;
                                }
                            }
                            return next;
                        });
        for (int i = 0; i < count; i++) {
            program.ref().send(i);
            for (int dither = i % 64; dither > 0; dither--) {
                Thread.onSpinWait();
            }
        }

        assertThat(Waiting.of(taken, Duration.ofMinutes(5))).isEqualTo(count);
    }

    @Test
    void a_program_that_hands_itself_out_at_once_is_woken_and_killed_like_any_other() {
        // More spawners than processors, so that one is often stopped amid a spawn.
        int spawners = 6;
        int each = Duel.rounds(3_000);
        var answered = new AtomicInteger();
        var killed = new AtomicInteger();
        var finished = new CountDownLatch(spawners);
        for (int s = 0; s < spawners; s++) {
            Thread.ofPlatform()
                    .start(
                            () -> {
                                for (int i = 0; i < each; i++) {
                                    handOut(i % 2 == 0, answered, killed);
                                }
                                finished.countDown();
                            });
        }

        Waiting.until("all programs having been woken or killed")
                .atMost(Duration.ofMinutes(2))
                .until(() -> finished.getCount() == 0);
        house.awaitProcesses(0);
        assertThat(answered).hasValue(spawners * (each - each / 2));
        assertThat(killed).hasValue(spawners * (each / 2));
    }

    private void handOut(boolean answer, AtomicInteger answered, AtomicInteger killed) {
        var known = new CompletableFuture<ActorRef<Object>>();
        var over = new CompletableFuture<Boolean>();
        Program<Object> program =
                (context, inbox) -> {
                    known.complete(context.self());
                    try {
                        inbox.take();
                        answered.incrementAndGet();
                    } catch (ProcessEnded ended) {
                        killed.incrementAndGet();
                        throw ended;
                    } finally {
                        over.complete(true);
                    }
                };
        var helper =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    var ref = known.join();
                                    if (answer) {
                                        ref.send("hello");
                                    } else {
                                        house.node().kill(ref.pid());
                                    }
                                });
        house.node().spawn(program);
        Waiting.of(over);
        assertThat(helper).isNotNull();
    }

    @Test
    void messages_that_come_as_a_program_returns_meet_a_fate() {
        var sender = house.puppet();
        var ender = house.puppet();
        int batch = 5_000;
        for (int done = 0; done < Duel.rounds(50_000); done += batch) {
            @SuppressWarnings("unchecked")
            ActorRef<Object>[] programs = new ActorRef[batch];
            for (int i = 0; i < batch; i++) {
                programs[i] = house.node().spawn((Program<Object>) (c, inbox) -> inbox.take());
            }
            Duel.fight(
                    sender,
                    (context, round) -> {
                        programs[round].send("one");
                        programs[round].send("two");
                    },
                    ender,
                    (context, round) -> {
                        if (round % 2 == 0) {
                            programs[round].send("three");
                        } else {
                            context.exit(programs[round].pid(), NORMAL);
                            context.kill(programs[round].pid());
                        }
                    },
                    batch);
            house.quiet();
            house.awaitProcesses(2);
        }
    }

    @Test
    void exits_and_messages_of_one_sender_keep_their_order_for_a_program_that_sleeps_often() {
        var program = house.puppet(Kind.PROGRAM).trapping();
        Puppet sender = house.puppet();
        int count = Duel.rounds(20_000);
        sender.does(
                context -> {
                    for (int i = 0; i < count; i++) {
                        program.ref().send(i);
                        context.exit(program.pid(), io.coppice.process.ExitReason.custom(i));
                        if (i % 100 == 0) {
                            Thread.yield();
                        }
                    }
                });
        for (int i = 0; i < count; i++) {
            assertThat(program.hears()).isEqualTo(i);
            assertThat(program.hears(io.coppice.process.Exited.class).reason())
                    .isEqualTo(io.coppice.process.ExitReason.custom(i));
        }
    }
}
