package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.Inbox;
import io.coppice.actor.MailboxBound;
import io.coppice.actor.NoSuchProcess;
import io.coppice.actor.Offer;
import io.coppice.actor.Overflow;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.testkit.model.Model;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Script;
import io.coppice.testkit.script.Stage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is promised about starts and stops, under as many schedules as nobody has patience for with
 * threads. The system property {@code coppice.promises} gives how many.
 */
@Tag("stress")
class PromisesTest {

    private static final int SCHEDULES = Integer.getInteger("coppice.promises", 100_000);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    // W1: nothing is handled before init is done, and each sender is heard in order

    private record Item(String sender, int number) {}

    /** Tells the flooders where it is in the middle of its init, and then is in no hurry. */
    private static final class Child implements ActorFactory<Item>, Program<Item> {
        private final List<ActorRef<ActorRef<Item>>> flooders;
        private final ActorRef<ReplyTo<Object>> clock;
        private final List<Item> handled = new ArrayList<>();
        private boolean isInitDone;

        Child(List<ActorRef<ActorRef<Item>>> flooders, ActorRef<ReplyTo<Object>> clock) {
            this.flooders = flooders;
            this.clock = clock;
        }

        @Override
        public Actor<Item> create(Context<Item> context) {
            init(context);
            return this::handle;
        }

        @Override
        public void run(Context<Item> context, Inbox<Item> inbox) throws Exception {
            init(context);
            while (true) {
                handle(inbox.take());
            }
        }

        private void init(Context<Item> context) {
            flooders.forEach(flooder -> flooder.send(context.self()));
            clock.<Object>call(replyTo -> replyTo, MINUTE);
            isInitDone = true;
        }

        private void handle(Item item) {
            assertThat(isInitDone).as("init is done before %s is handled", item).isTrue();
            long before = handled.stream().filter(h -> h.sender.equals(item.sender)).count();
            assertThat(item.number).as("of %s", item.sender).isEqualTo((int) before);
            handled.add(item);
        }
    }

    private static ActorRef<ActorRef<Item>> flooder(Simulation simulation, String name) {
        ActorFactory<ActorRef<Item>> flooder =
                context ->
                        child -> {
                            for (int number = 0; number < 4; number++) {
                                child.send(new Item(name, number));
                            }
                        };
        return simulation.node().start(flooder, label(name));
    }

    /** Answers after 0 to 20 ms. */
    private static ActorRef<ReplyTo<Object>> clock(Simulation simulation) {
        Program<ReplyTo<Object>> clock =
                (context, inbox) -> {
                    var asked = inbox.take();
                    long millis = (long) (context.node().chance().nextDouble() * 20);
                    inbox.poll(Duration.ofMillis(millis));
                    asked.send(millis);
                };
        return simulation.node().spawn(clock, label("clock"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void start_returns_after_init_and_nothing_is_handled_before(boolean program) {
        Simulation.check(
                SCHEDULES,
                simulation -> {
                    var flooders =
                            List.of(
                                    flooder(simulation, "ann"),
                                    flooder(simulation, "bob"),
                                    flooder(simulation, "cleo"));
                    var child = new Child(flooders, clock(simulation));
                    simulation.node().start(parent(child, program), label("parent"));
                    simulation.advance(Duration.ofMillis(25));
                    assertThat(child.handled).hasSize(12);
                });
    }

    private static ActorFactory<Object> parent(Child child, boolean program) {
        return context -> {
            var ref =
                    program
                            ? context.startLinked((Program<Item>) child, label("child"))
                            : context.startLinked((ActorFactory<Item>) child, label("child"));
            assertThat(child.isInitDone).as("init is done when start returns").isTrue();
            assertThat(ref).isNotNull();
            return message -> {};
        };
    }

    // M2: who waits for room is let in or told, whenever the gate closes

    private record Drained() {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void who_waits_for_room_when_the_gate_closes_is_let_in_or_told(boolean exhaustive) {
        var hunt = Hunt.of(PromisesTest::two_wait_for_room_and_the_gate_closes);
        hunt.withSchedules(SCHEDULES)
                .withSearch(exhaustive ? Search.exhaustive(3) : Search.atRandom())
                .check();
    }

    private static void two_wait_for_room_and_the_gate_closes(Simulation simulation) {
        var handled = new ArrayList<Object>();
        ActorFactory<Object> slow = context -> handled::add;
        var room = MailboxBound.bounded(1, Overflow.BLOCK);
        var options = SpawnOptions.<Object>defaults().withLabel("slow");
        var ref = simulation.node().start(slow, options.drainable().withMailbox(room));
        var offers = new ArrayList<Offer>();
        for (var name : List.of("ann", "bob", "cleo")) {
            simulation.node().spawn(offering(ref, offers), label(name));
        }
        var drained = simulation.<Drained>probe("drained");
        ActorFactory<Object> shutter =
                context -> {
                    context.drain(ref.pid(), Drained::new);
                    return message -> drained.ref().send((Drained) message);
                };
        simulation.node().spawn(shutter, label("shutter"));
        simulation.settle();

        drained.expect(new Drained());
        assertThat(offers).hasSize(3).allMatch(o -> o.isAccepted() || o.equals(Offer.GATED));
        assertThat(handled).hasSize((int) offers.stream().filter(Offer::isAccepted).count());
        assertThat(ref.offer("late")).isEqualTo(Offer.GATED);
    }

    private static Program<Object> offering(ActorRef<Object> to, List<Offer> offers) {
        return (context, inbox) -> offers.add(to.offer(context.self().pid(), MINUTE));
    }

    // M3: what was accepted is handled or reported before stop returns

    @Test
    void whatever_was_accepted_is_handled_or_reported_before_a_stop_returns() {
        Simulation.check(SCHEDULES, PromisesTest::a_node_stops_under_fire);
    }

    private static void a_node_stops_under_fire(Simulation simulation) {
        var handled = new ArrayList<Object>();
        var accepted = new ArrayList<Offer>();
        ActorFactory<Object> worker = context -> handled::add;
        var refs = new ArrayList<ActorRef<Object>>();
        for (var name : List.of("ann", "bob")) {
            var bound = MailboxBound.bounded(2, Overflow.BLOCK);
            refs.add(simulation.node().start(worker, label(name).withMailbox(bound)));
        }
        for (var name : List.of("cleo", "dan", "eve")) {
            Program<Object> sender =
                    (context, inbox) -> {
                        for (int i = 0; i < 4; i++) {
                            var offer = refs.get(i % 2).offer(i, Duration.ofMillis(5));
                            if (offer.isAccepted()) {
                                accepted.add(offer);
                            }
                        }
                    };
            simulation.node().spawn(sender, label(name));
        }
        var report = simulation.node().stop(Duration.ofMillis(1));

        long lost = report.lost().getOrDefault(Dropped.RECEIVER_ENDED, 0L);
        assertThat(handled.size() + lost).isGreaterThanOrEqualTo(accepted.size());
        assertThat(simulation.node().fates().isBalanced()).isTrue();
    }

    // As in Erlang, a link that is there already may be asked for while its exit is on the way

    @Test
    void to_link_again_to_one_that_has_just_died_is_no_error() {
        var hunt = Hunt.of(PromisesTest::one_links_again_to_one_that_dies);
        hunt.withSchedules(SCHEDULES).withSearch(Search.exhaustive(3)).check();
    }

    private static void one_links_again_to_one_that_dies(Simulation simulation) {
        var thrown = new ArrayList<Throwable>();
        ActorFactory<String> bob =
                context ->
                        message -> {
                            throw context.stop(ExitReason.custom("done"));
                        };
        var dying = simulation.node().start(bob, label("bob"));
        ActorFactory<String> ann =
                context -> {
                    context.link(dying.pid());
                    return message -> {
                        try {
                            context.link(dying.pid());
                        } catch (NoSuchProcess no) {
                            thrown.add(no);
                        }
                    };
                };
        var linked = simulation.node().start(ann, label("ann"));
        dying.send("die");
        linked.send("link");
        simulation.settle();

        assertThat(thrown).isEmpty();
        assertThat(simulation.node().isAlive(linked.pid())).isFalse();
    }

    // The dead tell their own end before they answer who asks for a link too late

    @Test
    void no_answer_to_a_late_link_overtakes_the_exit_of_an_older_one() {
        var model = new Model(100_000);
        var script = Script.parse("a: link c\nb: link a\nc: link a; exit c killed\n");
        Simulation.check(
                5_000,
                simulation -> {
                    var stage =
                            new Stage(
                                    simulation.node(),
                                    node -> {
                                        simulation.settle();
                                        simulation.advance(Duration.ofSeconds(1));
                                    },
                                    Kind.BOTH);
                    var seen = stage.perform(script);
                    assertThat(model.allows(script, seen.outcome()))
                            .as("%s", seen.outcome())
                            .isNotEqualTo(Model.Answer.FORBIDDEN);
                });
    }

    private static <M> SpawnOptions<M> label(String label) {
        return SpawnOptions.<M>defaults().withLabel(label);
    }
}
