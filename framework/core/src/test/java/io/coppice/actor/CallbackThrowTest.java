package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.SHUTDOWN;
import static io.coppice.process.ExitReason.crashed;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/**
 * Whatever is thrown by a function that a process has handed to the runtime: it ends the process if
 * it was called in its name, and harms nobody if it was not.
 */
@ParameterizedClass
@EnumSource(Kind.class)
class CallbackThrowTest {

    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    private static <T> T refuse(Throwable thrown) {
        throw ThrowTest.<RuntimeException>sneaky(thrown);
    }

    /** One that traps and one that does not, both linked to the process. */
    private final class Mourners {
        private final Pid process;
        private final Puppet ann = house.puppet(kind).trapping();
        private final Puppet bob = house.puppet(kind);

        Mourners(Pid process) {
            this.process = process;
            ann.does(context -> context.link(process));
            bob.does(context -> context.link(process));
        }

        void hear(ExitReason reason) {
            assertThat(ann.hears()).isEqualTo(new Exited(process, reason));
            assertThat(bob.end()).isEqualTo(reason);
            house.quiet();
            assertThat(ann.heard()).isEmpty();
            assertThat(ann.links()).isEmpty();
        }
    }

    /** Where else the runtime calls a function of the process, in its name. */
    enum Callback {
        NEWS_OF_A_MONITOR {
            @Override
            void arrange(Context<Object> context, CallbackThrowTest test, Throwable thrown) {
                context.monitor(test.stranger.pid(), down -> refuse(thrown));
                context.kill(test.stranger.pid());
            }
        },
        NEWS_OF_A_MONITORED_CHILD {
            @Override
            void arrange(Context<Object> context, CallbackThrowTest test, Throwable thrown) {
                Program<Object> brief = (child, inbox) -> {};
                context.spawnMonitored(brief, OPTIONS, down -> refuse(thrown));
            }
        },
        AN_ANSWER {
            @Override
            void arrange(Context<Object> context, CallbackThrowTest test, Throwable thrown) {
                context.<Object, Object>request(
                        test.stranger.ref(),
                        replyTo -> (Puppet.Act) c -> replyTo.send("answer"),
                        Waiting.PATIENCE,
                        answer -> refuse(thrown));
            }
        },
        THE_END_OF_THE_CALLEE {
            @Override
            void arrange(Context<Object> context, CallbackThrowTest test, Throwable thrown) {
                context.<Object, Object>request(
                        test.stranger.ref(),
                        replyTo -> (Puppet.Act) c -> c.stop(NORMAL),
                        Waiting.PATIENCE,
                        answer -> refuse(thrown));
            }
        },
        A_CHILD_THAT_HAS_STARTED {
            @Override
            void arrange(Context<Object> context, CallbackThrowTest test, Throwable thrown) {
                ActorFactory<Object> child = c -> message -> {};
                context.startLinked(child, OPTIONS, result -> refuse(thrown));
            }
        },
        A_CHILD_THAT_HAS_NOT {
            @Override
            void arrange(Context<Object> context, CallbackThrowTest test, Throwable thrown) {
                ActorFactory<Object> child =
                        c -> {
                            throw c.stop(SHUTDOWN);
                        };
                context.startLinked(child, OPTIONS, result -> refuse(thrown));
            }
        },
        THE_MESSAGE_OF_A_REQUEST {
            @Override
            void arrange(Context<Object> context, CallbackThrowTest test, Throwable thrown) {
                context.<Object, Object>request(
                        test.stranger.ref(),
                        replyTo -> refuse(thrown),
                        Waiting.PATIENCE,
                        answer -> answer);
            }
        },
        THE_MESSAGE_OF_A_CALL {
            @Override
            void arrange(Context<Object> context, CallbackThrowTest test, Throwable thrown) {
                test.stranger.ref().call(replyTo -> refuse(thrown), Waiting.PATIENCE);
            }
        };

        abstract void arrange(Context<Object> context, CallbackThrowTest test, Throwable thrown);
    }

    private Puppet stranger;

    static Stream<Arguments> callbacks() {
        return Stream.of(Callback.values())
                .flatMap(
                        callback ->
                                ThrowTest.throwables()
                                        .map(thrown -> Arguments.of(callback, thrown)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("callbacks")
    void thrown_by_any_function_of_the_process_it_is_the_reason(
            Callback callback, Throwable thrown) {
        stranger = house.puppet(kind);
        var process = house.puppet(kind);
        var mourners = new Mourners(process.pid());
        process.tell(context -> callback.arrange(context, this, thrown));

        mourners.hear(crashed(thrown));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("io.coppice.actor.ThrowTest#throwables")
    void thrown_by_what_chooses_a_message_it_is_the_reason(Throwable thrown) {
        Program<Object> choosy = (context, inbox) -> inbox.take(any -> refuse(thrown));
        var process = house.keepRef(house.node().start(choosy));
        var mourners = new Mourners(process.pid());
        process.send("no matter what");

        mourners.hear(crashed(thrown));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("io.coppice.actor.ThrowTest#throwables")
    void thrown_by_the_closing_of_what_it_owns_it_changes_nothing(Throwable thrown) {
        var process = house.puppet(kind);
        var mourners = new Mourners(process.pid());
        process.does(
                context ->
                        context.own(
                                (AutoCloseable)
                                        () -> {
                                            throw ThrowTest.<RuntimeException>sneaky(thrown);
                                        }));
        process.tell(context -> context.stop(SHUTDOWN));

        mourners.hear(SHUTDOWN);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("io.coppice.actor.ThrowTest#throwables")
    void thrown_by_who_waits_outside_for_its_end_it_changes_nothing(Throwable thrown) {
        var process = house.puppet(kind);
        var mourners = new Mourners(process.pid());
        house.node()
                .ended(process.pid())
                .thenAccept(
                        reason -> {
                            throw ThrowTest.<RuntimeException>sneaky(thrown);
                        });
        process.tell(context -> context.stop(SHUTDOWN));

        mourners.hear(SHUTDOWN);
    }
}
