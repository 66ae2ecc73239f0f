package io.coppice.testkit;

import static io.coppice.process.ExitReason.KILLED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Application;
import io.coppice.actor.CallTimeout;
import io.coppice.actor.Context;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What holds in every run, under whatever schedule. */
class SimulationTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    record Ask(ReplyTo<String> replyTo) {}

    private static SpawnOptions<String> label(String label) {
        return SpawnOptions.<String>defaults().withLabel(label);
    }

    // Time

    @Simulated
    void time_passes_only_when_nobody_can_go_on(Simulation simulation) {
        Probe<String> probe = simulation.probe("probe");
        ActorFactory<String> late =
                context -> {
                    context.timers().after(Duration.ofDays(1), "late");
                    return probe.ref()::send;
                };
        var actor = simulation.node().start(late);
        actor.send("now");
        probe.expect("now");
        assertThat(simulation.now()).isZero();

        simulation.advance(Duration.ofDays(1).minusNanos(1));
        assertThat(probe.received()).containsExactly("now");
        simulation.advance(Duration.ofNanos(1));
        assertThat(probe.received()).containsExactly("now", "late");
        assertThat(simulation.now()).isEqualTo(Duration.ofDays(1));
    }

    @Simulated
    void timers_fire_in_the_order_of_their_times(Simulation simulation) {
        Probe<Integer> probe = simulation.probe("probe");
        ActorFactory<Integer> actor =
                context -> {
                    for (int i = 20; i > 0; i--) {
                        context.timers().after(Duration.ofMillis(i), i);
                    }
                    return probe.ref()::send;
                };
        simulation.node().start(actor);
        for (int i = 1; i <= 20; i++) {
            probe.expect(i);
        }
    }

    @Test
    void timers_of_one_instant_fire_in_any_order() {
        Set<List<String>> orders = new HashSet<>();
        Simulation.check(
                100,
                simulation -> {
                    Probe<String> probe = simulation.probe("probe");
                    for (var name : List.of("ann", "bob")) {
                        ActorFactory<String> actor =
                                context -> {
                                    context.timers().after(SECOND, name);
                                    return probe.ref()::send;
                                };
                        simulation.node().start(actor, label(name));
                    }
                    simulation.advance(SECOND);
                    orders.add(probe.received());
                });
        assertThat(orders).containsOnly(List.of("ann", "bob"), List.of("bob", "ann"));
    }

    @Simulated
    void a_call_waits_in_virtual_time(Simulation simulation) {
        ActorFactory<Ask> deaf = context -> message -> {};
        var ref = simulation.node().start(deaf);
        assertThatThrownBy(() -> ref.call(Ask::new, Duration.ofDays(7)))
                .isInstanceOf(CallTimeout.class);
        assertThat(simulation.now()).isEqualTo(Duration.ofDays(7));
    }

    // Programs

    @Simulated
    void programs_take_wait_and_call(Simulation simulation) {
        Probe<String> probe = simulation.probe("probe");
        ActorFactory<Ask> polite = context -> ask -> ask.replyTo().send("fine");
        var asked = simulation.node().start(polite);
        Program<String> program =
                (context, inbox) -> {
                    probe.ref().send(inbox.take());
                    probe.ref().send(inbox.poll(SECOND).orElse("nothing for a second"));
                    probe.ref().send(asked.call(Ask::new, SECOND));
                };
        var ref = simulation.node().start(program);
        ref.send("hello");
        probe.expect("hello");
        probe.expect("nothing for a second");
        probe.expect("fine");
        assertThat(probe.expectEnd(ref.pid())).isIn(ExitReason.NORMAL, ExitReason.NO_PROCESS);
        assertThat(simulation.now()).isEqualTo(SECOND);
    }

    @Simulated
    void a_program_that_waits_can_be_killed(Simulation simulation) {
        Program<String> patient = (context, inbox) -> inbox.take();
        var ref = simulation.node().start(patient);
        var end = simulation.node().ended(ref.pid());
        simulation.node().kill(ref.pid());
        assertThat(simulation.await(end)).isEqualTo(KILLED);
    }

    @Simulated
    void a_handler_that_waits_keeps_nobody_waiting(Simulation simulation) {
        Probe<String> probe = simulation.probe("probe");
        ActorFactory<Ask> deaf = context -> message -> {};
        var asked = simulation.node().start(deaf);
        ActorFactory<String> waiting =
                context ->
                        message -> {
                            try {
                                asked.call(Ask::new, SECOND);
                            } catch (CallTimeout expected) {
                                probe.ref().send("waited");
                            }
                        };
        simulation.node().start(waiting).send("go");
        simulation.node().start((ActorFactory<String>) context -> probe.ref()::send).send("quick");
        probe.expect("quick");
        assertThat(simulation.now()).isZero();
        probe.expect("waited");
        assertThat(simulation.now()).isEqualTo(SECOND);
    }

    @Test
    void a_process_can_be_killed_between_any_two_acts() {
        Set<List<String>> heard = new HashSet<>();
        Hunt.of(
                        simulation -> {
                            simulation.faults(Faults.none().kill("sender"));
                            Probe<String> probe = simulation.probe("probe");
                            ActorFactory<String> sender =
                                    context ->
                                            message -> {
                                                probe.ref().send("one");
                                                probe.ref().send("two");
                                                probe.ref().send("three");
                                            };
                            simulation.node().spawn(sender, label("sender")).send("go");
                            simulation.settle();
                            heard.add(probe.received());
                        })
                .check();
        assertThat(heard)
                .containsOnly(
                        List.of(),
                        List.of("one"),
                        List.of("one", "two"),
                        List.of("one", "two", "three"));
    }

    // Roots

    @Simulated
    void a_root_ends_its_node(Simulation simulation) {
        var node =
                simulation.start(
                        new Application<String>() {
                            @Override
                            public String id() {
                                return "root";
                            }

                            @Override
                            public io.coppice.actor.Actor<String> create(Context<String> context) {
                                return message -> {
                                    throw context.stop(ExitReason.custom(message));
                                };
                            }
                        });
        var root = node.root().orElseThrow();
        var end = node.ended(root);
        node.exit(root, ExitReason.custom("done"));
        assertThat(simulation.await(end)).isEqualTo(ExitReason.custom("done"));
        simulation.settle();
        assertThatThrownBy(() -> node.spawn((ActorFactory<String>) context -> message -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    // What a scenario must not do

    @Test
    void a_script_that_waits_for_ever_fails() {
        var found =
                Hunt.of(
                                simulation -> {
                                    Program<String> stuck =
                                            (context, inbox) -> {
                                                context.holdStart();
                                                inbox.take();
                                            };
                                    var never = new CompletableFuture<String>();
                                    ActorFactory<String> waits =
                                            context -> {
                                                context.holdStart();
                                                return message -> {};
                                            };
                                    simulation
                                            .node()
                                            .start(waits, label("shy").withoutInitDeadline());
                                    never.complete("unreached");
                                })
                        .run();
        assertThat(found.schedules()).isEqualTo(1);
        assertThat(found.failure().orElseThrow().report()).contains("nobody can go on");
    }

    @Test
    void a_scenario_without_an_end_fails() {
        var found =
                Hunt.of(
                                simulation -> {
                                    ActorFactory<ActorRef<?>> echo =
                                            context ->
                                                    message -> context.self().send(context.self());
                                    var ann = simulation.node().start(echo);
                                    ann.send(ann);
                                    simulation.settle();
                                })
                        .withSteps(1_000)
                        .run();
        assertThat(found.schedules()).isEqualTo(1);
        assertThat(found.failure().orElseThrow().report()).contains("no end after 1000 steps");
    }

    @Simulated(schedules = 10)
    void a_thread_of_ones_own_is_refused(Simulation simulation) throws Exception {
        ActorFactory<String> actor = context -> message -> {};
        var ref = simulation.node().start(actor);
        var refused = new CompletableFuture<Throwable>();
        var thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        ref.send("from elsewhere");
                                    } catch (IllegalStateException thrown) {
                                        refused.complete(thrown);
                                    }
                                });
        thread.join();
        assertThat(refused.getNow(new AssertionError("not refused")))
                .hasMessageContaining("one thread at a time");
    }

    // The end

    @Test
    void nothing_of_a_run_is_left_for_the_next() {
        var woken = new ArrayList<String>();
        Hunt.of(
                        simulation -> {
                            Program<String> forever =
                                    (context, inbox) -> {
                                        try {
                                            inbox.take();
                                        } finally {
                                            woken.add("taken out of its inbox");
                                        }
                                    };
                            simulation.node().spawn(forever);
                            simulation.settle();
                        })
                .withSchedules(10)
                .check();
        assertThat(woken).hasSize(10);
    }
}
