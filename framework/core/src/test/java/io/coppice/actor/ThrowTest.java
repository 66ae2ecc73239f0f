package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.crashed;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.ExitReason.Crashed;
import io.coppice.process.Exited;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Whatever is thrown anywhere: the process ends with a reason, everybody is told, and the node goes
 * on.
 */
@ParameterizedClass
@EnumSource(Kind.class)
class ThrowTest {

    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    static Stream<Throwable> throwables() {
        return Stream.of(
                new RuntimeException("unchecked"),
                new Exception("checked"),
                new InterruptedException("by nobody"),
                new AssertionError("error"),
                new OutOfMemoryError("thrown on purpose"),
                new StackOverflowError("thrown on purpose"),
                new LinkageError("linkage"),
                new Throwable("bare"),
                new ProcessEnded("somebody", "says that it has ended"),
                new WithoutWords());
    }

    /** A throwable of which nothing can be asked. */
    private static final class WithoutWords extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }

        @Override
        public String toString() {
            throw new WithoutWords();
        }
    }

    /** A value of which nothing can be asked. */
    private static final class Mute {
        @Override
        public String toString() {
            throw new WithoutWords();
        }
    }

    @SuppressWarnings("unchecked") // sneaky on purpose
    static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Ann, who traps, and Bob are linked to the process; Ann monitors it too. */
    private final class Mourners {
        private final Puppet process;
        private final Puppet ann = house.puppet(kind).trapping();
        private final Puppet bob = house.puppet(kind);

        Mourners(Puppet process) {
            this.process = process;
            ann.does(context -> context.link(process.pid()));
            bob.does(context -> context.link(process.pid()));
            ann.does(context -> context.monitor(process.pid(), news -> news));
        }

        void hear(ExitReason reason) {
            assertThat(ann.hears()).isEqualTo(new Exited(process.pid(), reason));
            assertThat(ann.hears(Down.class).reason()).isEqualTo(reason);
            assertThat(bob.end()).isEqualTo(reason);
            house.quiet();
            assertThat(ann.heard()).isEmpty();
            assertNodeGoesOn();
        }
    }

    /** Every worker must still be there: so many processes wait for each other to run. */
    private void assertNodeGoesOn() {
        for (int i = 0; i < 4; i++) {
            var one = house.puppet(Kind.ACTOR);
            var other = house.puppet(Kind.ACTOR);
            var answer =
                    one.ask(
                            context ->
                                    other.ref()
                                            .<Boolean>call(
                                                    replyTo -> (Puppet.Act) c -> replyTo.send(true),
                                                    Waiting.PATIENCE));
            assertThat(answer).isTrue();
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("throwables")
    void thrown_by_a_handler_it_is_the_reason(Throwable thrown) {
        var process = house.puppet(kind);
        var mourners = new Mourners(process);
        process.tell(
                context -> {
                    throw sneaky(thrown);
                });

        assertThat(process.end()).isInstanceOf(Crashed.class);
        mourners.hear(crashed(thrown));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("throwables")
    void thrown_by_a_function_that_makes_messages_it_is_the_reason(Throwable thrown) {
        var process = house.puppet(kind);
        var mourners = new Mourners(process);
        process.does(
                context ->
                        context.trapExits(
                                news -> {
                                    throw ThrowTest.<RuntimeException>sneaky(thrown);
                                }));
        house.node().exit(process.pid(), NORMAL);

        mourners.hear(crashed(thrown));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("throwables")
    void thrown_by_init_it_is_the_reason(Throwable thrown) {
        ActorFactory<Object> actor =
                context -> {
                    throw sneaky(thrown);
                };
        Program<Object> program =
                (context, inbox) -> {
                    throw sneaky(thrown);
                };
        var parent = house.puppet(kind).trapping();
        var child =
                parent.ask(
                        context ->
                                kind == Kind.ACTOR
                                        ? context.spawnLinkedAndMonitored(
                                                actor, OPTIONS, news -> news)
                                        : context.spawnMonitored(program, OPTIONS, news -> news));
        if (kind == Kind.ACTOR) {
            assertThat(parent.hears()).isEqualTo(new Exited(child.ref().pid(), crashed(thrown)));
        }
        assertThat(parent.hears()).isEqualTo(new Down(child.monitor(), crashed(thrown)));
        assertNodeGoesOn();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("throwables")
    void thrown_by_init_it_is_told_to_who_waits(Throwable thrown) {
        ActorFactory<Object> actor =
                context -> {
                    throw sneaky(thrown);
                };
        Program<Object> program =
                (context, inbox) -> {
                    throw sneaky(thrown);
                };
        var parent = house.puppet(kind).trapping();
        var failure =
                parent.thrownBy(
                        context -> {
                            if (kind == Kind.ACTOR) {
                                context.startLinked(actor, OPTIONS);
                            } else {
                                context.startLinked(program, OPTIONS);
                            }
                        });

        assertThat(failure)
                .isInstanceOfSatisfying(
                        StartFailure.InitFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(crashed(thrown)));
        house.quiet();
        assertThat(parent.heard()).isEmpty();
        assertThat(parent.links()).isEmpty();
        assertNodeGoesOn();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("throwables")
    void thrown_by_stopped_it_is_the_reason(Throwable thrown) {
        ActorFactory<Object> factory =
                context ->
                        new Actor<>() {
                            @Override
                            public void receive(Object message) {
                                throw context.stop(NORMAL);
                            }

                            @Override
                            public void stopped(ExitReason reason) {
                                throw ThrowTest.<RuntimeException>sneaky(thrown);
                            }
                        };
        var watcher = house.puppet(kind).trapping();
        var process = house.keepRef(house.node().start(factory));
        watcher.does(context -> context.link(process.pid()));
        process.send("stop");

        assertThat(watcher.hears())
                .isEqualTo(
                        new Exited(
                                process.pid(),
                                thrown instanceof ProcessEnded ? NORMAL : crashed(thrown)));
        assertNodeGoesOn();
    }

    @Test
    void a_real_stack_overflow_ends_the_process_alone() {
        var process = house.puppet(kind);
        var mourners = new Mourners(process);
        process.tell(context -> recurse(0));

        var reason = process.end();
        assertThat(reason)
                .isInstanceOfSatisfying(
                        Crashed.class,
                        crash ->
                                assertThat(crash.throwable())
                                        .isInstanceOf(StackOverflowError.class));
        mourners.hear(reason);
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Test
    void a_message_of_which_nothing_can_be_asked_is_handled_and_reported() {
        var boom = new IllegalStateException("boom");
        var heard = house.puppet(kind);
        ActorFactory<Object> factory =
                context ->
                        message -> {
                            heard.ref().send("handled");
                            throw boom;
                        };
        var process = house.node().start(factory);
        var end = house.node().ended(process.pid());
        process.send(new Mute());

        assertThat(heard.hears()).isEqualTo("handled");
        assertThat(Waiting.of(end)).isEqualTo(crashed(boom));
        assertNodeGoesOn();
    }

    @Test
    void a_reason_of_which_nothing_can_be_asked_is_passed_on() {
        var process = house.puppet(kind);
        var mourners = new Mourners(process);
        var reason = custom(new Mute());
        process.tell(context -> context.stop(reason));

        mourners.hear(reason);
    }

    @Test
    void a_reason_of_which_nothing_can_be_asked_fails_a_start() {
        var parent = house.puppet(kind);
        var reason = custom(new Mute());
        ActorFactory<Object> factory =
                context -> {
                    throw context.stop(reason);
                };
        var failure = parent.thrownBy(context -> context.startLinked(factory, OPTIONS));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        StartFailure.InitFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
        assertNodeGoesOn();
    }

    @Test
    void a_reason_of_which_nothing_can_be_asked_fails_a_call() {
        var process = house.puppet(kind);
        var reason = custom(new Mute());
        assertThatThrownBy(
                        () ->
                                process.ref()
                                        .call(
                                                replyTo -> (Puppet.Act) c -> c.stop(reason),
                                                Waiting.PATIENCE))
                .isInstanceOfSatisfying(
                        CalleeEnded.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @Test
    void a_request_that_cannot_be_made_leaves_nothing_behind() {
        var boom = new IllegalStateException("boom");
        var callee = house.puppet(kind);
        int watchers = callee.info().monitoredBy();

        assertThatThrownBy(
                        () ->
                                callee.ref()
                                        .call(
                                                replyTo -> {
                                                    throw boom;
                                                },
                                                Duration.ofMinutes(1)))
                .isSameAs(boom);
        var caller = house.puppet(kind);
        var thrown =
                caller.thrownBy(
                        context ->
                                context.request(
                                        callee.ref(),
                                        replyTo -> {
                                            throw boom;
                                        },
                                        Duration.ofMinutes(1),
                                        answer -> answer));

        assertThat(thrown).isSameAs(boom);
        assertThat(callee.info().monitoredBy()).isEqualTo(watchers);
        house.awaitNoTimers();
    }
}
