package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.Down;
import io.coppice.process.ExitReason;

/** Programs with a race in them, each beside one without. */
final class Races {

    private Races() {}

    // Check, then act: somebody else takes the name between the look and the taking.

    private static final Name<String> LEADER = Name.of("leader");

    static void two_look_whether_there_is_a_leader(Simulation simulation) {
        elect(
                simulation,
                context -> {
                    var registry = context.node().registry();
                    if (registry.lookup(LEADER).isEmpty()) {
                        registry.register(LEADER, context.self());
                    }
                });
    }

    static void two_try_to_be_the_leader(Simulation simulation) {
        elect(
                simulation,
                context -> {
                    try {
                        context.node().registry().register(LEADER, context.self());
                    } catch (IllegalArgumentException taken) {
                        // The other one leads.
                    }
                });
    }

    private interface Candidacy {
        void stand(Context<String> context);
    }

    private static void elect(Simulation simulation, Candidacy candidacy) {
        ActorFactory<String> candidate = context -> message -> candidacy.stand(context);
        var ann = simulation.node().spawn(candidate, label("ann"));
        var bob = simulation.node().spawn(candidate, label("bob"));
        ann.send("stand");
        bob.send("stand");
        simulation.settle();
        assertThat(simulation.node().isAlive(ann.pid())).as("ann lives").isTrue();
        assertThat(simulation.node().isAlive(bob.pid())).as("bob lives").isTrue();
    }

    // Monitor after send: what the message did is over before anybody watches.

    static void the_boss_sends_work_and_then_watches(Simulation simulation) {
        watch(
                simulation,
                (context, worker, news) -> {
                    worker.send("work");
                    context.monitor(worker.pid(), news::ofEnd);
                });
    }

    static void the_boss_watches_and_then_sends_work(Simulation simulation) {
        watch(
                simulation,
                (context, worker, news) -> {
                    context.monitor(worker.pid(), news::ofEnd);
                    worker.send("work");
                });
    }

    private static final class News {
        Object ofEnd(Down down) {
            return down;
        }
    }

    private interface Boss {
        void begin(Context<Object> context, ActorRef<String> worker, News news);
    }

    private static void watch(Simulation simulation, Boss boss) {
        ActorFactory<String> worker =
                context ->
                        message -> {
                            throw context.stop(ExitReason.custom("done"));
                        };
        var worked = simulation.node().start(worker, label("worker"));
        Probe<ExitReason> reasons = simulation.probe("reasons");
        ActorFactory<Object> bossy =
                context ->
                        message -> {
                            if (message instanceof Down down) {
                                reasons.ref().send(down.reason());
                            } else {
                                boss.begin(context, worked, new News());
                            }
                        };
        simulation.node().spawn(bossy, SpawnOptions.defaults().withLabel("boss")).send("begin");
        assertThat(reasons.expect()).isEqualTo(ExitReason.custom("done"));
    }

    // A source that is attached before the one it feeds has its name: what it had buffered is lost.

    private static final Name<String> SINK = Name.of("sink");

    static void a_source_is_attached_before_its_sink_is_up(Simulation simulation) {
        feed(simulation, false);
    }

    static void a_source_is_attached_when_its_sink_is_up(Simulation simulation) {
        feed(simulation, true);
    }

    private static void feed(Simulation simulation, boolean waits) {
        Probe<String> out = simulation.probe("out");
        ActorFactory<String> sink = context -> message -> out.ref().send(message);
        Program<String> source =
                (context, inbox) -> {
                    var to = context.node().registry().ref(SINK);
                    to.send("buffered");
                    to.send("fresh");
                };
        var named = SpawnOptions.<String>defaults().withName(SINK);
        if (waits) {
            simulation.node().start(sink, named);
        } else {
            simulation.node().spawn(sink, named);
        }
        simulation.node().spawn(source, label("source"));
        simulation.settle();
        assertThat(out.received()).containsExactly("buffered", "fresh");
    }

    // Read, then write: an update between the two is lost.

    private sealed interface ToCounter {
        record Get(ReplyTo<Integer> replyTo) implements ToCounter {}

        record Put(int value) implements ToCounter {}

        record Increment() implements ToCounter {}
    }

    static void two_read_a_counter_and_write_it_back(Simulation simulation) {
        count(
                simulation,
                counter -> {
                    int value = counter.call(ToCounter.Get::new, ofSeconds(1));
                    counter.send(new ToCounter.Put(value + 1));
                });
    }

    static void two_tell_a_counter_to_increment(Simulation simulation) {
        count(simulation, counter -> counter.send(new ToCounter.Increment()));
    }

    private interface Step {
        void take(ActorRef<ToCounter> counter);
    }

    private static void count(Simulation simulation, Step step) {
        ActorFactory<ToCounter> counting =
                context ->
                        new io.coppice.actor.Actor<>() {
                            private int value;

                            @Override
                            public void receive(ToCounter message) {
                                switch (message) {
                                    case ToCounter.Get(var replyTo) -> replyTo.send(value);
                                    case ToCounter.Put(var put) -> value = put;
                                    case ToCounter.Increment() -> value++;
                                }
                            }
                        };
        var counter =
                simulation
                        .node()
                        .start(counting, SpawnOptions.<ToCounter>defaults().withLabel("counter"));
        Program<String> client = (context, inbox) -> step.take(counter);
        simulation.node().spawn(client, label("ann"));
        simulation.node().spawn(client, label("bob"));
        simulation.settle();
        assertThat(counter.<Integer>call(ToCounter.Get::new, ofSeconds(1))).isEqualTo(2);
    }

    private static SpawnOptions<String> label(String label) {
        return SpawnOptions.<String>defaults().withLabel(label);
    }
}
