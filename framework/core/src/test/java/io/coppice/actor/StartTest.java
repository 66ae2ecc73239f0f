package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.crashed;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coppice.actor.StartFailure.Ignored;
import io.coppice.actor.StartFailure.InitFailed;
import io.coppice.actor.StartFailure.InitTimeout;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Starting: creating a process and waiting for its init. The kind is the parent's. */
@ParameterizedClass
@EnumSource(Kind.class)
class StartTest {

    private static final IllegalStateException BOOM = new IllegalStateException("boom");
    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();
    private static final Duration MOMENT = Duration.ofMillis(20);

    private static final ActorFactory<Object> GOOD = context -> message -> {};
    private static final ActorFactory<Object> FAILING =
            context -> {
                throw BOOM;
            };

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    /** What a parent hears of a start that failed: the failure, and nothing else. */
    private <F extends StartFailure> F failureOf(
            Class<F> type, ActorFactory<Object> factory, SpawnOptions<Object> options) {
        var parent = house.puppet(kind).trapping();
        var failure =
                catchThrowableOfType(
                        type, () -> parent.does(context -> context.startLinked(factory, options)));
        house.quiet();
        assertThat(parent.heard()).isEmpty();
        assertThat(parent.links()).isEmpty();
        assertThat(parent.isAlive()).isTrue();
        house.awaitProcesses(1);
        house.node().kill(parent.pid());
        return failure;
    }

    // Init

    @Test
    void start_returns_after_init() {
        for (int i = 0; i < 1_000; i++) {
            var done = new AtomicBoolean();
            ActorFactory<Object> factory =
                    context -> {
                        done.set(true);
                        return message -> {};
                    };
            house.keepRef(house.node().start(factory));
            assertThat(done).isTrue();
        }
    }

    @Test
    void a_process_handles_nothing_before_its_init_has_returned() {
        var parent = house.puppet(kind);
        var self = new AtomicReference<ActorRef<Object>>();
        var known = new CountDownLatch(1);
        var sent = new CountDownLatch(1);
        var tooEarly = new AtomicBoolean();
        var handled = new AtomicInteger();
        ActorFactory<Object> factory =
                context -> {
                    self.set(context.self());
                    known.countDown();
                    sent.await();
                    boolean none = handled.get() == 0;
                    tooEarly.set(!none);
                    return message -> handled.incrementAndGet();
                };
        var started = parent.begin(context -> context.startLinked(factory, OPTIONS));
        Waiting.on(known);
        for (int i = 0; i < 1_000; i++) {
            self.get().send(i);
        }
        sent.countDown();
        Waiting.of(started);

        Waiting.until("all having been handled").until(() -> handled.get() == 1_000);
        assertThat(tooEarly).isFalse();
    }

    @Test
    void a_child_that_was_started_is_linked() {
        var parent = house.puppet(kind);
        var child = parent.ask(context -> context.startLinked(GOOD, OPTIONS));

        assertThat(parent.links()).containsExactly(child.pid());
        house.node().kill(child.pid());
        assertThat(parent.end()).isEqualTo(KILLED);
    }

    @Test
    void a_program_has_started_when_it_first_takes() {
        var parent = house.puppet(kind);
        var order = new StringBuffer();
        Program<Object> program =
                (context, inbox) -> {
                    order.append("init ");
                    inbox.take();
                };
        parent.ask(context -> context.startLinked(program, OPTIONS));
        order.append("started");

        assertThat(order).hasToString("init started");
    }

    @Test
    void a_program_that_returns_before_it_takes_has_started_and_ended() {
        var parent = house.puppet(kind).trapping();
        Program<Object> program = (context, inbox) -> {};
        var child = parent.ask(context -> context.startLinked(program, OPTIONS));

        assertThat(parent.hears()).isEqualTo(new Exited(child.pid(), NORMAL));
    }

    // Failures

    @Test
    void an_init_that_throws_is_one_failure_and_no_exit() {
        var failure = failureOf(InitFailed.class, FAILING, OPTIONS);

        assertThat(failure.reason()).isEqualTo(crashed(BOOM));
        assertThat(failure).hasCause(BOOM);
    }

    @Test
    void an_init_that_throws_an_error_is_one_failure_and_no_exit() {
        var error = new StackOverflowError("thrown on purpose");
        ActorFactory<Object> factory =
                context -> {
                    throw error;
                };

        assertThat(failureOf(InitFailed.class, factory, OPTIONS).reason())
                .isEqualTo(crashed(error));
    }

    @Test
    void an_init_that_stops_is_one_failure_with_that_reason() {
        ActorFactory<Object> factory =
                context -> {
                    throw context.stop(custom("no money"));
                };

        assertThat(failureOf(InitFailed.class, factory, OPTIONS).reason())
                .isEqualTo(custom("no money"));
    }

    @Test
    void an_init_that_stops_normally_is_a_failure_all_the_same() {
        ActorFactory<Object> factory =
                context -> {
                    throw context.stop(NORMAL);
                };

        assertThat(failureOf(InitFailed.class, factory, OPTIONS).reason()).isEqualTo(NORMAL);
    }

    @Test
    void an_init_that_catches_what_unwinds_it_has_failed_all_the_same() {
        var isStopped = new AtomicBoolean();
        ActorFactory<Object> factory =
                context -> {
                    try {
                        throw context.stop(custom("no money"));
                    } catch (ProcessEnded swallowed) {
                        return new Actor<>() {
                            @Override
                            public void receive(Object message) {}

                            @Override
                            public void stopped(ExitReason reason) {
                                isStopped.set(true);
                            }
                        };
                    }
                };

        assertThat(failureOf(InitFailed.class, factory, OPTIONS).reason())
                .isEqualTo(custom("no money"));
        assertThat(isStopped).isFalse();
    }

    @Test
    void a_program_that_catches_what_unwinds_its_init_has_failed_all_the_same() {
        var parent = house.puppet(kind).trapping();
        Program<Object> program =
                (context, inbox) -> {
                    try {
                        throw context.stop(custom("no money"));
                    } catch (ProcessEnded swallowed) {
                        context.started();
                    }
                };

        assertThatThrownBy(() -> parent.does(context -> context.startLinked(program, OPTIONS)))
                .isInstanceOfSatisfying(
                        InitFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(custom("no money")));
    }

    @Test
    void an_init_that_is_killed_is_one_failure() {
        ActorFactory<Object> factory =
                context -> {
                    context.kill(context.self().pid());
                    return message -> {};
                };

        assertThat(failureOf(InitFailed.class, factory, OPTIONS).reason()).isEqualTo(KILLED);
    }

    @Test
    void an_init_that_asks_to_be_ignored_says_so() {
        ActorFactory<Object> factory =
                context -> {
                    throw context.ignore();
                };

        assertThat(failureOf(Ignored.class, factory, OPTIONS).reason()).isEqualTo(NORMAL);
    }

    @Test
    void an_init_whose_name_is_taken_fails() {
        var name = Name.<Object>of("taken");
        house.puppet(Kind.ACTOR, OPTIONS.withName(name));
        var parent = house.puppet(kind);

        assertThatThrownBy(
                        () ->
                                parent.does(
                                        context ->
                                                context.startLinked(GOOD, OPTIONS.withName(name))))
                .isInstanceOf(InitFailed.class)
                .hasMessageContaining("taken");
        assertThat(parent.isAlive()).isTrue();
    }

    @Test
    void a_program_that_throws_before_it_takes_is_one_failure_and_no_exit() {
        var parent = house.puppet(kind).trapping();
        Program<Object> program =
                (context, inbox) -> {
                    throw BOOM;
                };

        assertThatThrownBy(() -> parent.does(context -> context.startLinked(program, OPTIONS)))
                .isInstanceOfSatisfying(
                        InitFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(crashed(BOOM)));
        house.quiet();
        assertThat(parent.heard()).isEmpty();
    }

    @Test
    void a_parent_that_does_not_trap_survives_a_failed_start() {
        var parent = house.puppet(kind);
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> parent.does(context -> context.startLinked(FAILING, OPTIONS)))
                    .isInstanceOf(InitFailed.class);
        }
        assertThat(parent.isAlive()).isTrue();
        assertThat(parent.links()).isEmpty();
    }

    @Test
    void a_failed_start_from_outside_is_thrown_there() {
        assertThatThrownBy(() -> house.node().start(FAILING))
                .isInstanceOf(InitFailed.class)
                .hasCause(BOOM);
    }

    @Test
    void a_process_whose_start_failed_has_ended_and_freed_its_name_when_start_returns() {
        var parent = house.puppet(kind);
        var name = Name.<Object>of("phoenix");
        var failed = new AtomicReference<Pid>();
        ActorFactory<Object> factory =
                context -> {
                    failed.set(context.self().pid());
                    throw BOOM;
                };
        for (int i = 0; i < 1_000; i++) {
            boolean isDead =
                    parent.ask(
                            context -> {
                                try {
                                    context.startLinked(factory, OPTIONS.withName(name));
                                    return false;
                                } catch (InitFailed expected) {
                                    var good = context.startLinked(GOOD, OPTIONS.withName(name));
                                    context.unlink(good.pid());
                                    context.kill(good.pid());
                                    return !context.node().isAlive(failed.get());
                                }
                            });
            assertThat(isDead).isTrue();
        }
    }

    // The deadline

    @Test
    void an_init_that_takes_too_long_is_killed_and_reported_once() {
        var door = house.door();
        var interrupted = new CompletableFuture<Boolean>();
        ActorFactory<Object> factory =
                context -> {
                    try {
                        door.await();
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                    }
                    return message -> {};
                };
        var failure = failureOf(InitTimeout.class, factory, OPTIONS.withInitDeadline(MOMENT));

        assertThat(failure.reason()).isEqualTo(KILLED);
        assertThat(failure).hasMessageContaining(MOMENT.toString());
        assertThat(Waiting.of(interrupted)).isTrue();
    }

    @Test
    void an_init_that_computes_for_too_long_is_killed_as_well() {
        ActorFactory<Object> factory =
                context -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return message -> {};
                };

        failureOf(InitTimeout.class, factory, OPTIONS.withInitDeadline(MOMENT));
    }

    @Test
    void an_init_that_hangs_in_a_listener_is_killed_as_well() throws Exception {
        var door = house.door();
        NodeListener hanging =
                event -> {
                    try {
                        door.await();
                    } catch (InterruptedException killed) {
                        Thread.currentThread().interrupt();
                    }
                };
        try (var node = Node.start(NodeOptions.defaults().withListener(hanging))) {
            ActorFactory<Object> dying =
                    context -> {
                        throw context.stop(ExitReason.NORMAL);
                    };
            var dead = node.spawn(dying);
            Waiting.of(node.ended(dead.pid()));
            ActorFactory<Object> factory =
                    context -> {
                        dead.send("lost");
                        return message -> {};
                    };

            var failed =
                    CompletableFuture.supplyAsync(
                            () ->
                                    catchThrowable(
                                            () ->
                                                    node.start(
                                                            factory,
                                                            OPTIONS.withInitDeadline(MOMENT))));

            assertThat(Waiting.of(failed)).isInstanceOf(InitTimeout.class);
            door.countDown();
        }
    }

    @Test
    void the_deadline_of_an_init_that_took_some_milliseconds_is_gone() {
        ActorFactory<Object> factory =
                context -> {
                    long until = System.nanoTime() + 5_000_000; // the watch has seen it by then
                    while (System.nanoTime() - until < 0) {
                        Thread.onSpinWait();
                    }
                    return message -> {};
                };
        house.keepRef(house.node().start(factory, OPTIONS));

        house.awaitNoTimers();
    }

    @Test
    void a_program_that_does_not_take_in_time_is_killed_and_reported_once() {
        var parent = house.puppet(kind).trapping();
        var door = house.door();
        Program<Object> program = (context, inbox) -> door.await();

        assertThatThrownBy(
                        () ->
                                parent.does(
                                        context ->
                                                context.startLinked(
                                                        program, OPTIONS.withInitDeadline(MOMENT))))
                .isInstanceOf(InitTimeout.class);
        house.quiet();
        assertThat(parent.heard()).isEmpty();
        assertThat(parent.links()).isEmpty();
    }

    @Test
    void the_deadline_of_an_init_that_was_in_time_is_gone() {
        house.keepRef(house.node().start(GOOD, OPTIONS));

        house.awaitNoTimers();
    }

    @Test
    void the_deadline_of_an_init_that_failed_is_gone() {
        assertThatThrownBy(() -> house.node().start(FAILING, OPTIONS))
                .isInstanceOf(InitFailed.class);

        house.awaitNoTimers();
    }

    @Test
    void nobody_waits_for_the_deadline_of_a_process_that_is_only_spawned() {
        var door = house.door();
        var entered = new CountDownLatch(1);
        ActorFactory<Object> factory =
                context -> {
                    entered.countDown();
                    door.await();
                    return message -> {};
                };
        var process = house.keepRef(house.node().spawn(factory, OPTIONS.withInitDeadline(MOMENT)));
        Waiting.on(entered);

        house.awaitNoTimers();
        assertThat(house.node().isAlive(process.pid())).isTrue();
    }

    // A start that is held

    @Nested
    class HoldingAStart {

        @Test
        void goes_on_until_the_process_says_that_it_has_started() {
            var parent = house.puppet(kind);
            var child = new CompletableFuture<ActorRef<Object>>();
            var saidSo = new AtomicBoolean();
            ActorFactory<Object> factory =
                    context -> {
                        context.holdStart();
                        child.complete(context.self());
                        return message -> {
                            saidSo.set(true);
                            context.started();
                        };
                    };
            var started = parent.begin(context -> context.startLinked(factory, OPTIONS));
            var ref = Waiting.of(child);
            assertThat(started).isNotDone();
            ref.send("start");

            assertThat(Waiting.of(started)).isEqualTo(ref);
            assertThat(saidSo).isTrue();
        }

        @Test
        void does_not_stop_the_clock() {
            ActorFactory<Object> factory =
                    context -> {
                        context.holdStart();
                        return message -> {};
                    };

            failureOf(InitTimeout.class, factory, OPTIONS.withInitDeadline(MOMENT));
        }

        @Test
        void ends_in_a_failure_if_a_handler_throws_before() {
            ActorFactory<Object> factory =
                    context -> {
                        context.holdStart();
                        context.self().send("fail");
                        return message -> {
                            throw BOOM;
                        };
                    };

            assertThat(failureOf(InitFailed.class, factory, OPTIONS).reason())
                    .isEqualTo(crashed(BOOM));
        }

        @Test
        void is_over_once_and_the_first_word_counts() {
            var parent = house.puppet(kind);
            ActorFactory<Object> factory =
                    context -> {
                        context.started("first");
                        context.started("second");
                        return message -> {};
                    };
            var child = parent.ask(context -> context.startLinked(factory, OPTIONS, news -> news));

            assertThat(parent.hears())
                    .isEqualTo(new StartResult.Running<>(child, Optional.of("first")));
            house.quiet();
            assertThat(parent.heard()).isEmpty();
        }
    }

    @Test
    void a_process_that_says_started_and_then_throws_gives_an_exit_and_no_failure() {
        var parent = house.puppet(kind).trapping();
        ActorFactory<Object> factory =
                context -> {
                    context.started();
                    throw BOOM;
                };
        var child = parent.ask(context -> context.startLinked(factory, OPTIONS));

        assertThat(parent.hears()).isEqualTo(new Exited(child.pid(), crashed(BOOM)));
        house.quiet();
        assertThat(parent.heard()).isEmpty();
    }

    // Without waiting

    @Test
    void a_start_that_is_not_waited_for_arrives_as_a_message() {
        var parent = house.puppet(kind).trapping();
        var child = parent.ask(context -> context.startLinked(GOOD, OPTIONS, news -> news));

        assertThat(parent.hears()).isEqualTo(new StartResult.Running<>(child, Optional.empty()));
        assertThat(parent.links()).containsExactly(child.pid());
    }

    @Test
    void a_program_that_says_started_with_something_hands_it_over() {
        var parent = house.puppet(kind);
        Program<Object> program =
                (context, inbox) -> {
                    context.started(8080);
                    inbox.take();
                };
        var child = parent.ask(context -> context.startLinked(program, OPTIONS, news -> news));

        assertThat(parent.hears()).isEqualTo(new StartResult.Running<>(child, Optional.of(8080)));
    }

    @Test
    void a_failed_start_that_is_not_waited_for_arrives_as_one_message_and_no_exit() {
        var parent = house.puppet(kind).trapping();
        parent.does(context -> context.startLinked(FAILING, OPTIONS, news -> news));

        assertThat(parent.hears())
                .isInstanceOfSatisfying(
                        StartResult.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(InitFailed.class));
        house.quiet();
        assertThat(parent.heard()).isEmpty();
        assertThat(parent.links()).isEmpty();
    }

    @Test
    void a_start_that_is_not_waited_for_has_a_deadline_too() {
        var parent = house.puppet(kind).trapping();
        var door = house.door();
        ActorFactory<Object> factory =
                context -> {
                    door.await();
                    return message -> {};
                };
        parent.does(
                context ->
                        context.startLinked(
                                factory, OPTIONS.withInitDeadline(MOMENT), news -> news));

        assertThat(parent.hears())
                .isInstanceOfSatisfying(
                        StartResult.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(InitTimeout.class));
        house.quiet();
        assertThat(parent.heard()).isEmpty();
        assertThat(parent.links()).isEmpty();
    }

    // The parent

    @Test
    void a_parent_that_is_killed_while_it_waits_takes_the_child_along() {
        var parent = house.puppet(kind);
        var door = house.door();
        var child = new CompletableFuture<Pid>();
        ActorFactory<Object> factory =
                context -> {
                    child.complete(context.self().pid());
                    Waiting.stubbornlyOn(door);
                    return message -> {};
                };
        parent.tell(context -> context.startLinked(factory, OPTIONS));
        var pid = Waiting.of(child);
        house.node().kill(parent.pid());

        assertThat(house.node().isAlive(pid)).isFalse();
    }

    @Test
    void a_parent_hears_nothing_while_it_waits_and_everything_afterwards() {
        var parent = house.puppet(kind);
        var door = house.door();
        ActorFactory<Object> factory =
                context -> {
                    door.await();
                    return message -> {};
                };
        var started = parent.begin(context -> context.startLinked(factory, OPTIONS));
        parent.ref().send("meanwhile");
        door.countDown();
        Waiting.of(started);

        assertThat(parent.hears()).isEqualTo("meanwhile");
    }

    @Test
    void nested_starts_work() {
        var parent = house.puppet(kind);
        var depth = parent.ask(context -> nest(context, 20));

        assertThat(depth).isEqualTo(20);
        house.awaitProcesses(21);
    }

    private static int nest(Context<?> context, int left) {
        if (left == 0) {
            return 0;
        }
        var below = new AtomicInteger();
        ActorFactory<Object> factory =
                child -> {
                    below.set(nest(child, left - 1));
                    return message -> {};
                };
        context.startLinked(factory, SpawnOptions.defaults());
        return 1 + below.get();
    }

    @Test
    void a_thousand_starts_leave_no_thread_behind_that_was_not_there() {
        var parent = house.puppet(kind);
        parent.does(context -> context.startLinked(GOOD, OPTIONS));
        for (int i = 0; i < 1_000; i++) {
            parent.does(context -> context.startLinked(GOOD, OPTIONS));
        }

        long workers =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("coppice-worker"))
                        .count();
        assertThat(workers).isLessThan(20);
    }
}
