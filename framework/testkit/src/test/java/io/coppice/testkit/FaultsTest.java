package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Fates;
import io.coppice.actor.MailboxBound;
import io.coppice.actor.Offer;
import io.coppice.actor.Overflow;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class FaultsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static ActorRef<String> start(
            Simulation simulation, String label, ActorFactory<String> factory) {
        return simulation.node().start(factory, SpawnOptions.<String>defaults().withLabel(label));
    }

    @Simulated
    void an_init_is_delayed_and_others_go_on(Simulation simulation) {
        simulation.faults(Faults.none().delayInit("late", SECOND));
        Probe<String> probe = simulation.probe("probe");
        ActorFactory<String> telling =
                context -> {
                    probe.ref().send(context.self().pid().label());
                    return message -> {};
                };
        Program<String> program = (context, inbox) -> probe.ref().send("late program");
        var late = SpawnOptions.<String>defaults().withLabel("late");
        simulation.node().spawn(telling, late);
        simulation.node().spawn(program, late);
        start(simulation, "prompt", telling);
        probe.expect("prompt");
        assertThat(simulation.now()).isZero();
        probe.expect();
        probe.expect();
        assertThat(simulation.now()).isEqualTo(SECOND);
    }

    @Simulated
    void a_slow_process_takes_its_time_for_every_message(Simulation simulation) {
        simulation.faults(Faults.none().slow("slow", SECOND));
        Probe<String> probe = simulation.probe("probe");
        var slow = start(simulation, "slow", context -> probe.ref()::send);
        slow.send("one");
        slow.send("two");
        probe.expect("one");
        assertThat(simulation.now()).isEqualTo(SECOND);
        probe.expect("two");
        assertThat(simulation.now()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Simulated
    void a_handler_blocks_in_the_middle_and_is_a_zombie_when_killed(Simulation simulation) {
        simulation.faults(Faults.none().block("blocked", 2, SECOND));
        Probe<String> probe = simulation.probe("probe");
        var blocked = start(simulation, "blocked", context -> probe.ref()::send);
        blocked.send("never heard");
        probe.expectNone(SECOND.dividedBy(2));
        simulation.node().kill(blocked.pid());
        probe.expectNone(SECOND.multipliedBy(2));
    }

    @Simulated
    void a_program_is_slow_as_well(Simulation simulation) {
        simulation.faults(Faults.none().slow("slow", SECOND));
        Probe<String> probe = simulation.probe("probe");
        Program<String> program =
                (context, inbox) -> {
                    while (true) {
                        probe.ref().send(inbox.take());
                    }
                };
        var slow =
                simulation.node().spawn(program, SpawnOptions.<String>defaults().withLabel("slow"));
        slow.send("one");
        slow.send("two");
        probe.expect("one");
        assertThat(simulation.now()).isEqualTo(SECOND);
        simulation.advance(SECOND.dividedBy(2));
        simulation.node().kill(slow.pid());
        probe.expectNone(SECOND.multipliedBy(3));
    }

    private static String traceOfAllFaults() {
        var faults =
                Faults.none()
                        .delayInit("a", SECOND)
                        .slow("a", SECOND)
                        .block("a", 2, SECOND)
                        .full("a", 1)
                        .loseTimer("a", 1)
                        .delayTimer("a", 2, SECOND)
                        .slow("p", SECOND)
                        .delayInit("p", SECOND);
        Program<String> program = (context, inbox) -> inbox.take();
        ActorFactory<String> actor =
                context -> {
                    context.timers().after(SECOND.multipliedBy(30), "lost");
                    context.timers().after(SECOND.multipliedBy(30), "late");
                    return message -> context.node().isAlive(context.self().pid());
                };
        return Hunt.of(
                        simulation -> {
                            var options =
                                    SpawnOptions.<String>defaults()
                                            .withLabel("a")
                                            .withMailbox(MailboxBound.bounded(9, Overflow.FAIL));
                            var a = simulation.node().spawn(actor, options);
                            a.offer("one");
                            simulation.settle();
                            a.offer("two");
                            simulation
                                    .node()
                                    .spawn(program, SpawnOptions.<String>defaults().withLabel("p"))
                                    .send("one");
                            simulation.advance(SECOND.multipliedBy(10));
                        })
                .withFaults(faults)
                .trace(1)
                .toString();
    }

    @Test
    void every_fault_that_strikes_leaves_one_line_that_says_what_it_did_to_whom() {
        var told =
                traceOfAllFaults()
                        .lines()
                        .filter(line -> line.contains("fault: "))
                        .map(line -> line.strip().replaceAll("^\\d+ +[\\d.]+ +", ""))
                        .map(line -> line.replaceAll(" +", " "))
                        .toList();
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "a<1> fault: its init begins PT1S late",
                        "a<1> fault: its mailbox is full for a message",
                        "a<1> fault: a timer that it sets never fires",
                        "a<1> fault: a timer that it sets fires PT1S late",
                        "a<1> fault: takes PT1S until it begins with a message",
                        "a<1> fault: blocks for PT1S",
                        "p<2> fault: its init begins PT1S late",
                        "p<2> fault: takes PT1S until it begins with a message");
    }

    @Test
    void a_fault_that_finds_its_process_in_no_schedule_is_an_error() {
        var hunt =
                Hunt.of(
                                simulation -> {
                                    start(simulation, "bank", context -> message -> {});
                                    simulation.probe("probe");
                                })
                        .withSchedules(20)
                        .withFaults(Faults.none().slow("bank", SECOND).slow("bnak", SECOND));
        assertThatThrownBy(hunt::check)
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining(
                        "in 20 schedules there was no process for [Slow[process=bnak, each=PT1S]];"
                                + " there were: \"bank\", \"probe\"");
        var complete = hunt.withSearch(Search.exhaustive(0)).withSchedules(100_000).run();
        assertThat(complete.complete()).isTrue();
        assertThat(complete.failure()).isPresent();
    }

    @Test
    void a_fault_that_finds_its_process_in_one_schedule_is_none() {
        var runs = new AtomicInteger();
        Hunt.of(
                        simulation -> {
                            simulation.faults(Faults.none().kill("rare").kill("never"));
                            var label = runs.incrementAndGet() == 7 ? "rare" : "often";
                            simulation.node().spawn(ignoring(), labelled(label));
                        })
                .withSchedules(10)
                .run()
                .failure()
                .ifPresentOrElse(
                        failure ->
                                assertThat(failure.cause())
                                        .hasMessageContaining(
                                                "no process for [Kill[process=never]]")
                                        .hasMessageContaining("\"often\", \"rare\""),
                        () -> fail("never was not missed"));
    }

    @Test
    void who_is_not_born_because_of_a_kill_is_not_missed() {
        Hunt.of(
                        simulation -> {
                            var parent = simulation.node().spawn(ignoring(), labelled("parent"));
                            simulation.settle();
                            if (simulation.node().isAlive(parent.pid())) {
                                simulation.node().spawn(ignoring(), labelled("child"));
                            }
                        })
                .withSchedules(1)
                .withFaults(Faults.none().killAt("parent", 1).killAt("child", 90))
                .check();
    }

    private static SpawnOptions<String> labelled(String label) {
        return SpawnOptions.<String>defaults().withLabel(label);
    }

    private static ActorFactory<String> ignoring() {
        return context -> message -> {};
    }

    /** Watches, kills, and takes the news back from its own mailbox. */
    private static ActorFactory<String> takesNewsBack(Simulation simulation, Probe<String> probe) {
        return context ->
                message -> {
                    if (message.equals("take back")) {
                        var victim = start(simulation, "victim", any -> ignored -> {});
                        var monitor = context.monitor(victim.pid(), down -> "never heard");
                        simulation.node().kill(victim.pid());
                        context.demonitorAndFlush(monitor);
                    }
                    probe.ref().send(message);
                };
    }

    @Simulated
    void what_was_taken_back_is_not_counted_as_a_message(Simulation simulation) {
        simulation.faults(Faults.none().block("blocked", 3, SECOND));
        Probe<String> probe = simulation.probe("probe");
        var blocked = start(simulation, "blocked", takesNewsBack(simulation, probe));
        blocked.send("take back");
        simulation.settle();
        blocked.send("third");
        probe.expect("take back");
        probe.expect("third");
        assertThat(simulation.now()).isEqualTo(SECOND);
    }

    @Test
    void what_was_taken_back_is_not_told_as_taken() {
        var trace =
                Hunt.of(
                                simulation -> {
                                    Probe<String> probe = simulation.probe("probe");
                                    start(simulation, "a", takesNewsBack(simulation, probe))
                                            .send("take back");
                                    simulation.settle();
                                })
                        .trace(1)
                        .toString();
        assertThat(trace).contains("takes take back").doesNotContain("takes java.lang.Object");
        assertThat(trace.lines().filter(line -> line.contains("  a<2> ") && line.contains("takes")))
                .hasSize(2);
    }

    @Simulated
    void a_mailbox_is_full_though_it_has_room(Simulation simulation) {
        simulation.faults(Faults.none().full("box", 2));
        Probe<String> probe = simulation.probe("probe");
        ActorFactory<String> telling = context -> probe.ref()::send;
        var options =
                SpawnOptions.<String>defaults()
                        .withLabel("box")
                        .withMailbox(MailboxBound.bounded(9, Overflow.FAIL));
        var box = simulation.node().start(telling, options);
        assertThat(box.offer("one")).isEqualTo(Offer.ACCEPTED);
        assertThat(box.offer("two")).isEqualTo(new Offer.Full(9));
        assertThat(box.offer("three")).isEqualTo(Offer.ACCEPTED);
        simulation.node().exit(box.pid(), ExitReason.NORMAL);
        simulation.settle();
        assertThat(probe.received()).containsExactly("one", "three");
        assertThat(simulation.node().fates().refused()).containsEntry(Fates.Refused.FULL, 1L);
    }

    @Simulated
    void who_waits_for_room_that_was_there_gets_it(Simulation simulation) {
        simulation.faults(Faults.none().full("box", 1));
        Probe<String> probe = simulation.probe("probe");
        ActorFactory<String> telling = context -> probe.ref()::send;
        var options =
                SpawnOptions.<String>defaults()
                        .withLabel("box")
                        .withMailbox(MailboxBound.bounded(9, Overflow.BLOCK));
        simulation.node().start(telling, options).send("one");
        probe.expect("one");
    }

    @Simulated
    void a_timer_is_lost_and_another_late(Simulation simulation) {
        simulation.faults(Faults.none().loseTimer("clock", 1).delayTimer("clock", 2, SECOND));
        Probe<String> probe = simulation.probe("probe");
        start(
                simulation,
                "clock",
                context -> {
                    context.timers().after(SECOND, "lost");
                    context.timers().after(SECOND, "late");
                    context.timers().after(SECOND, "in time");
                    return probe.ref()::send;
                });
        probe.expect("in time");
        assertThat(simulation.now()).isEqualTo(SECOND);
        probe.expect("late");
        assertThat(simulation.now()).isEqualTo(SECOND.multipliedBy(2));
        probe.expectNone(SECOND);
    }

    @Test
    void a_process_is_killed_at_a_step() {
        var hunt =
                Hunt.of(
                        simulation -> {
                            start(simulation, "victim", context -> message -> {});
                            simulation.settle();
                            simulation.note("end");
                        });
        var trace = hunt.withFaults(Faults.none().killAt("victim", 3)).trace(1).toString();
        assertThat(trace).contains("     3     0.000000  outside    fault: kill of victim<1>");
        assertThat(hunt.trace(1).toString()).doesNotContain("fault");
    }

    @Test
    void the_schedule_chooses_when_a_kill_strikes_and_whether() {
        Set<Integer> handled = new HashSet<>();
        Hunt.of(
                        simulation -> {
                            Probe<String> probe = simulation.probe("probe");
                            ActorFactory<String> telling = context -> probe.ref()::send;
                            var options = SpawnOptions.<String>defaults().withLabel("victim");
                            var victim = simulation.node().spawn(telling, options);
                            for (int i = 0; i < 5; i++) {
                                victim.send("m" + i);
                            }
                            simulation.settle();
                            handled.add(probe.received().size());
                        })
                .withFaults(Faults.none().kill("victim"))
                .withSearch(Search.probabilistic(3))
                .check();
        assertThat(handled).containsOnly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void an_impossible_fault_is_refused() {
        assertThatThrownBy(() -> Faults.none().block("x", 0, SECOND))
                .hasMessage("message: 0, must not be less than 1");
        assertThatThrownBy(() -> Faults.none().slow("x", Duration.ZERO))
                .hasMessage("each: PT0S, must be greater than zero");
    }

    @Simulated
    void nothing_strikes_when_it_is_calm(Simulation simulation) {
        simulation.faults(Faults.none().kill("lucky"));
        ActorFactory<String> factory = context -> message -> {};
        var options = SpawnOptions.<String>defaults().withLabel("lucky");
        var lucky = simulation.node().spawn(factory, options);
        simulation.settle();
        simulation.calm();
        boolean survived = simulation.node().isAlive(lucky.pid());
        lucky.send("still there?");
        simulation.settle();
        assertThat(simulation.node().isAlive(lucky.pid())).isEqualTo(survived);
    }

    @Simulated(schedules = 1)
    void faults_come_before_processes(Simulation simulation) {
        start(simulation, "early", context -> message -> {});
        assertThatThrownBy(() -> simulation.faults(Faults.none().kill("early")))
                .isInstanceOf(IllegalStateException.class);
    }
}
