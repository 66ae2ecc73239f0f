package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;

/** Every run ends, whatever its code catches. */
@Timeout(60)
class EndOfRunTest {

    private static SpawnOptions<String> stubborn() {
        return SpawnOptions.<String>defaults().withLabel("stubborn");
    }

    private static Optional<Findings.Failure> run(Scenario scenario) {
        return Hunt.of(scenario).withSchedules(3).withSteps(2_000).run().failure();
    }

    @SuppressWarnings({"CatchAndPrintStackTrace", "InfiniteLoopStatement"})
    private static Program<String> catchesAll() {
        return (context, inbox) -> {
            while (true) {
                try {
                    inbox.take();
                } catch (Throwable all) {
                    // goes on
                }
            }
        };
    }

    @Test
    void a_program_that_catches_all_is_given_up_and_named() {
        var failure =
                run(simulation -> {
                            simulation.node().spawn(catchesAll(), stubborn());
                            simulation.settle();
                        })
                        .orElseThrow();
        assertThat(failure.cause())
                .hasMessageStartingWith("stubborn<1> goes on after the end of the run")
                .hasStackTraceContaining("EndOfRunTest");
        assertThat(failure.report()).contains("stubborn<1> goes on");
    }

    @Test
    void so_is_a_handler() {
        ActorFactory<String> sending =
                context ->
                        message -> {
                            while (true) {
                                try {
                                    context.self().send("again");
                                } catch (Throwable all) {
                                    // goes on
                                }
                            }
                        };
        var failure =
                run(simulation -> {
                            simulation.node().spawn(sending, stubborn()).send("begin");
                            simulation.settle();
                        })
                        .orElseThrow();
        assertThat(failure.cause()).hasMessageStartingWith("no end after 2000 steps");
        assertThat(failure.cause().getSuppressed())
                .singleElement()
                .satisfies(
                        also ->
                                assertThat(also)
                                        .hasMessageStartingWith(
                                                "stubborn<1> goes on after the end of the run"));
    }

    @Test
    void a_script_that_catches_all_is_broken_off() {
        assertThatThrownBy(
                        () ->
                                run(
                                        simulation -> {
                                            while (true) {
                                                try {
                                                    simulation.settle();
                                                } catch (Throwable all) {
                                                    // goes on
                                                }
                                            }
                                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the script goes on")
                .hasMessageContaining("no end after 2000 steps");
    }

    @Test
    void who_catches_it_a_few_times_is_let_go() {
        Program<String> twice =
                (context, inbox) -> {
                    for (int i = 0; i < 2; i++) {
                        try {
                            inbox.take();
                        } catch (Throwable all) {
                            // once more
                        }
                    }
                };
        var failure =
                run(
                        simulation -> {
                            simulation.node().spawn(twice, stubborn());
                            simulation.settle();
                        });
        assertThat(failure).isEmpty();
    }

    /** Its sends are refused, and stop it as little as on a node with threads. */
    @Test
    void a_killed_program_that_only_sends_does_not_keep_a_run_from_ending() {
        Program<String> sending =
                (context, inbox) -> {
                    while (true) {
                        context.self().send("again");
                    }
                };
        var failure =
                run(simulation -> {
                            var sender = simulation.node().spawn(sending, stubborn());
                            ActorFactory<String> killer =
                                    context -> message -> context.kill(sender.pid());
                            simulation.node().spawn(killer).send("kill");
                            simulation.settle();
                        })
                        .orElseThrow();
        assertThat(failure.cause()).hasMessage("no end after 2000 steps, the last by stubborn<1>");
        assertThat(failure.cause().getSuppressed()).isEmpty();
    }
}
