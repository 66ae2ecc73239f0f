package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.SHUTDOWN;
import static io.coppice.process.ExitReason.crashed;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** The end of a process: in what order, and what is called. */
class DeathTest {

    private static final ExitReason BOOM = custom("boom");

    @RegisterExtension private final House house = new House();

    // The order

    @ParameterizedTest
    @EnumSource(Kind.class)
    void calls_fail_before_links_hear_and_links_before_monitors(Kind kind) {
        for (int round = 0; round < 200; round++) {
            List<String> order = new CopyOnWriteArrayList<>();
            var victim = house.puppet(kind);
            // One worker could not show it: news is noted where it is handled. So all is noted by
            // one process, to which the killer's thread posts it.
            var witness = house.puppet(Kind.ACTOR).trapping();
            witness.does(
                    context -> {
                        context.link(victim.pid());
                        context.trapExits(news -> order.add("exit"));
                        context.monitor(victim.pid(), news -> order.add("down"));
                        context.request(
                                victim.ref(),
                                replyTo -> "no answer",
                                Duration.ofMinutes(1),
                                answer -> order.add("answer"));
                    });
            house.node().kill(victim.pid());
            house.quiet();

            assertThat(order).containsExactly("answer", "exit", "down");
            house.node().kill(witness.pid());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void it_is_dead_and_its_name_is_free_before_the_first_hears(Kind kind) {
        var name = Name.<Object>of("dying");
        for (int round = 0; round < 200; round++) {
            var victim = house.puppet(kind, SpawnOptions.<Object>defaults().withName(name));
            // What depends on the end is done inside the death, where waiting calls fail.
            var seen =
                    house.node()
                            .ended(victim.pid())
                            .thenApply(
                                    reason ->
                                            victim.isAlive()
                                                    || house.node()
                                                            .registry()
                                                            .lookup(name)
                                                            .isPresent());
            house.node().kill(victim.pid());

            assertThat(Waiting.of(seen)).as("alive, or named").isFalse();
        }
    }

    @Test
    void stopped_is_called_before_anybody_hears() {
        var name = Name.<Object>of("dying");
        var order = new CopyOnWriteArrayList<String>();
        var ref = new CompletableFuture<ActorRef<Object>>();
        ActorFactory<Object> dying =
                context ->
                        new Actor<>() {
                            @Override
                            public void receive(Object message) {
                                throw context.stop(BOOM);
                            }

                            @Override
                            public void stopped(ExitReason reason) {
                                order.add("stopped " + reason);
                                order.add(
                                        "named "
                                                + context.node()
                                                        .registry()
                                                        .lookup(name)
                                                        .isPresent());
                                order.add("alive " + context.node().isAlive(ref.join().pid()));
                                ref.join().send("to itself, and lost");
                            }
                        };
        var parent = house.puppet();
        parent.does(context -> context.trapExits(news -> order.add("exit " + news.reason())));
        var child =
                parent.ask(
                        context ->
                                context.startLinked(
                                        dying, SpawnOptions.<Object>defaults().withName(name)));
        ref.complete(child);
        child.send("stop");
        parent.hears();

        assertThat(order).containsExactly("stopped boom", "named true", "alive true", "exit boom");
    }

    // stopped() is called

    @Test
    void stopped_hears_the_reason_of_a_stop() {
        var process = house.puppet();
        process.tell(context -> context.stop(SHUTDOWN));

        assertThat(Waiting.of(process.stopped())).isEqualTo(SHUTDOWN);
        assertThat(process.end()).isEqualTo(SHUTDOWN);
        assertThat(process.wasStoppedTwice()).isFalse();
    }

    @Test
    void stopped_hears_the_reason_of_a_crash() {
        var boom = new IllegalStateException("boom");
        var process = house.puppet();
        process.tell(
                context -> {
                    throw boom;
                });

        assertThat(Waiting.of(process.stopped())).isEqualTo(crashed(boom));
        assertThat(process.end()).isEqualTo(crashed(boom));
    }

    @Test
    void a_process_can_still_send_and_spawn_in_stopped() {
        var witness = house.puppet();
        ActorFactory<Object> factory =
                context ->
                        new Actor<>() {
                            @Override
                            public void receive(Object message) {
                                throw context.stop(NORMAL);
                            }

                            @Override
                            public void stopped(ExitReason reason) {
                                witness.ref().send("farewell");
                                witness.ref()
                                        .send(context.spawn((Program<Object>) (c, inbox) -> {}));
                                context.exit(witness.pid(), NORMAL);
                            }
                        };
        var process = house.node().start(factory);
        process.send("stop");

        assertThat(witness.hears()).isEqualTo("farewell");
        assertThat(witness.hears()).isInstanceOf(ActorRef.class);
    }

    // stopped() is not called

    private void assertNotStopped(Puppet process) {
        house.quiet();
        assertThat(process.stopped()).isNotDone();
    }

    @Test
    void stopped_is_not_called_after_a_kill() {
        var process = house.puppet();
        house.node().kill(process.pid());

        assertNotStopped(process);
    }

    @Test
    void stopped_is_not_called_after_a_kill_while_a_handler_runs() {
        var process = house.puppet();
        var entered = new CountDownLatch(1);
        var door = house.door();
        process.tell(
                context -> {
                    entered.countDown();
                    door.await();
                });
        Waiting.on(entered);
        house.node().kill(process.pid());

        assertNotStopped(process);
    }

    @Test
    void stopped_is_not_called_after_an_exit_signal() {
        var process = house.puppet();
        house.node().exit(process.pid(), BOOM);

        assertNotStopped(process);
    }

    @Test
    void stopped_is_not_called_after_an_exit_signal_to_oneself() {
        var process = house.puppet();
        process.tell(context -> context.exit(process.pid(), BOOM));

        assertThat(process.end()).isEqualTo(BOOM);
        assertNotStopped(process);
    }

    @Test
    void stopped_is_not_called_after_an_exit_by_a_link() {
        var process = house.puppet();
        var linked = house.child(process, Kind.ACTOR);
        linked.tell(context -> context.stop(BOOM));

        assertThat(process.end()).isEqualTo(BOOM);
        assertNotStopped(process);
    }

    @Test
    void a_process_killed_in_stopped_ends_with_the_kill() {
        var entered = new CountDownLatch(1);
        var door = house.door();
        ActorFactory<Object> factory =
                context ->
                        new Actor<>() {
                            @Override
                            public void receive(Object message) {
                                throw context.stop(BOOM);
                            }

                            @Override
                            public void stopped(ExitReason reason) throws Exception {
                                entered.countDown();
                                door.await();
                            }
                        };
        var process = house.node().start(factory);
        var end = house.node().ended(process.pid());
        process.send("stop");
        Waiting.on(entered);
        house.node().kill(process.pid());

        assertThat(Waiting.of(end)).isEqualTo(KILLED);
    }

    // Stopping

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_stop_that_is_caught_ends_the_process_when_its_handler_returns(Kind kind) {
        var witness = house.puppet();
        var process = house.puppet(kind);
        process.tell(
                context -> {
                    try {
                        context.stop(BOOM);
                    } catch (Throwable swallowed) {
                        witness.ref().send("swallowed " + swallowed.getClass().getSimpleName());
                    }
                    witness.ref().send("alive " + process.isAlive());
                });
        process.ref().send("never handled");

        assertThat(witness.hears()).isEqualTo("swallowed ProcessEnded");
        assertThat(witness.hears()).isEqualTo("alive true");
        assertThat(process.end()).isEqualTo(BOOM);
        house.quiet();
        assertThat(process.heard()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_first_stop_counts(Kind kind) {
        var process = house.puppet(kind);
        process.tell(
                context -> {
                    try {
                        context.stop(BOOM);
                    } catch (ProcessEnded swallowed) {
                        context.stop(custom("second"));
                    }
                });

        assertThat(process.end()).isEqualTo(BOOM);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_is_thrown_after_a_stop_does_not_change_the_reason(Kind kind) {
        var process = house.puppet(kind);
        process.tell(
                context -> {
                    try {
                        context.stop(BOOM);
                    } finally {
                        throw new IllegalStateException("in finally");
                    }
                });

        assertThat(process.end()).isEqualTo(BOOM);
    }

    @Test
    void a_stop_in_a_constructor_that_is_caught_ends_the_process_all_the_same() {
        ActorFactory<Object> factory =
                context -> {
                    try {
                        context.stop(BOOM);
                    } catch (ProcessEnded swallowed) {
                        // wrong, and without effect
                    }
                    return message -> {};
                };
        var process = house.keepRef(house.node().spawn(factory));

        assertThat(Waiting.of(house.node().ended(process.pid()))).isIn(BOOM, ExitReason.NO_PROCESS);
    }

    @Test
    void a_program_that_returns_ends_normally() {
        var parent = house.puppet();
        Program<Object> program = (context, inbox) -> inbox.take();
        var process = house.node().start(program);
        var monitor = parent.ask(context -> context.monitor(process.pid(), news -> news.reason()));
        process.send("go");

        assertThat(monitor).isNotNull();
        assertThat(parent.hears()).isEqualTo(NORMAL);
    }
}
