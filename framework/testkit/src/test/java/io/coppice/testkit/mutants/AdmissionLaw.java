package io.coppice.testkit.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.Context;
import io.coppice.actor.Fates;
import io.coppice.actor.MailboxBound;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Offer;
import io.coppice.actor.Overflow;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.testkit.Probe;
import io.coppice.testkit.Scenario;
import io.coppice.testkit.Simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Who gets in, what becomes of it, and what the dead can do: each law is a scenario that holds
 * under every schedule.
 */
enum AdmissionLaw {
    NEWS_NEEDS_NO_ROOM("a full mailbox hears of every exit", AdmissionLaw::newsNeedsNoRoom),
    ROOM_COMES_BACK("what was handled makes room again", AdmissionLaw::roomComesBack),
    A_SENDER_WAITS_FOR_ROOM("who waits for room gets it", AdmissionLaw::senderWaits),
    THE_NEWEST_STAY("the oldest makes room for the newest", AdmissionLaw::newestStay),
    WHAT_IS_SHUT_IS_SHUT("once a stop has begun, nobody gets in", AdmissionLaw::shutIsShut),
    WHAT_IS_HELD_IS_HANDED_OVER(
            "who takes a name hears all that was sent to it, in order",
            AdmissionLaw::heldIsHandedOver),
    ZOMBIES_ARE_COUNTED("code of the dead is listed while it runs", AdmissionLaw::zombies),
    ZOMBIES_ARE_NOT_HEARD("the dead send, answer and do nothing", AdmissionLaw::zombiesAreDumb),
    THE_DEAD_LINK_NOBODY(
            "nobody stays linked to the dead, whenever they died", AdmissionLaw::deadLinkNobody),
    WHO_STOPS_SAYS_WHY("who ends of its own accord ends as it said", AdmissionLaw::trueReason),
    EXITS_COME_BEFORE_DOWNS(
            "who is linked to one and monitors it hears its exit first",
            EndScenarios::exitsBeforeDowns),
    TIMERS_END_WITH_THEIR_OWNER("the dead have no timers", EndScenarios::timersEnd),
    CALLS_OF_THE_DEAD_FAIL("who has called the dead hears it at once", EndScenarios::callsFail),
    ANY_THROWABLE_IS_A_REASON("whatever is thrown ends one process", EndScenarios::anyThrowable),
    A_STOP_IS_SEEN("who is to stop handles nothing more", EndScenarios::stopIsSeen),
    FULL_IS_NOT_CLOSED("full is not closed, and closed is said", EndScenarios::fullIsNotClosed),
    OVERFLOW_SPARES_THE_SENDER(
            "who sends too much to one that drops it lives on", EndScenarios::overflowSpares),
    A_NAME_LEADS_TO_WHO_HAS_IT("a ref of a name reaches who has it now", EndScenarios::nameMoves),
    CHAINS_ARE_FINISHED(
            "what was accepted before a drain is finished, and all that comes of it, then it is"
                    + " over",
            EndScenarios::chainsAreFinished),
    THE_GATE_IS_LOOKED_AT_AGAIN(
            "who waited for room while the gate closed does not get in",
            EndScenarios::gateIsLookedAtAgain);

    private static final int MANY = 5;

    final String sentence;
    final Scenario scenario;

    AdmissionLaw(String sentence, Scenario scenario) {
        this.sentence = sentence;
        this.scenario = scenario;
    }

    private static SpawnOptions<Object> bounded(int capacity, Overflow overflow) {
        return SpawnOptions.defaults().withMailbox(MailboxBound.bounded(capacity, overflow));
    }

    private static List<Object> numbers(int first) {
        return IntStream.rangeClosed(first, MANY).<Object>mapToObj(i -> i).toList();
    }

    private static ActorFactory<Object> recorder(List<Object> heard) {
        return context -> {
            context.trapExits(exited -> exited);
            return heard::add;
        };
    }

    // Bounds

    private static void newsNeedsNoRoom(Simulation simulation) {
        var heard = new ArrayList<Object>();
        var node = simulation.node();
        var full = node.start(recorder(heard), bounded(1, Overflow.DROP_NEWEST));
        for (int i = 1; i <= MANY; i++) {
            full.send("message");
            node.exit(full.pid(), ExitReason.custom(i));
        }
        simulation.settle();
        assertThat(heard)
                .filteredOn(Exited.class::isInstance)
                .extracting(exited -> ((Exited) exited).reason())
                .containsExactlyElementsOf(numbers(1).stream().map(ExitReason::custom).toList());
    }

    private static void roomComesBack(Simulation simulation) {
        var heard = new ArrayList<Object>();
        for (var overflow : List.of(Overflow.FAIL, Overflow.BLOCK, Overflow.DROP_NEWEST)) {
            var ref = simulation.node().start(recorder(heard), bounded(1, overflow));
            for (int i = 1; i <= MANY; i++) {
                assertThat(ref.offer(i)).isEqualTo(Offer.ACCEPTED);
                simulation.settle();
            }
        }
        assertThat(heard).hasSize(3 * MANY);
    }

    private static void senderWaits(Simulation simulation) {
        var heard = new ArrayList<Object>();
        var node = simulation.node();
        var slow = node.start(recorder(heard), bounded(1, Overflow.BLOCK));
        ActorFactory<Object> sender = context -> start -> numbers(1).forEach(slow::send);
        node.start(sender).send("start");
        simulation.advance(ofSeconds(1));
        assertThat(heard).isEqualTo(numbers(1));
    }

    private static void newestStay(Simulation simulation) {
        var heard = new ArrayList<Object>();
        var ref = simulation.node().start(recorder(heard), bounded(2, Overflow.DROP_OLDEST));
        numbers(1).forEach(ref::send);
        simulation.settle();
        assertThat(heard).endsWith(MANY - 1, MANY).doesNotHaveDuplicates();
        assertThat(heard).isSortedAccordingTo((a, b) -> (Integer) a - (Integer) b);
    }

    // Gates and names

    private static void shutIsShut(Simulation simulation) {
        var node = simulation.node();
        var heard = new ArrayList<Object>();
        // Whoever needs no more than a place gets in by another way than whoever needs room.
        var refs =
                List.of(
                        node.start(recorder(heard)),
                        node.start(recorder(heard), bounded(MANY, Overflow.FAIL)));
        var stopped = node.beginStop(ofSeconds(9));
        for (var ref : refs) {
            assertThat(ref.offer("late")).isEqualTo(Offer.GATED);
            ref.send("as late");
        }
        simulation.await(stopped);
        for (var ref : refs) {
            assertThat(ref.offer("later")).isEqualTo(Offer.GATED);
            ref.send("last");
        }
        assertThat(heard).isEmpty();
        assertThat(node.fates().refused()).containsEntry(Fates.Refused.GATED, 8L);
    }

    private static void heldIsHandedOver(Simulation simulation) {
        var node = simulation.node();
        var name = Name.<Object>of("clerk");
        var heard = new ArrayList<Object>();
        node.registry().hold(name, MANY);
        var desk = node.registry().ref(name);
        var options = SpawnOptions.<Object>defaults().withName(name);
        for (var number : numbers(1)) {
            desk.send(number);
            if (number.equals(3)) {
                node.spawn(recorder(heard), options);
            }
        }
        simulation.settle();
        assertThat(heard).isEqualTo(numbers(1));
    }

    // The dead

    /** Does not listen when it is interrupted, and acts when it is dead. */
    private record Stubborn(Context<Object> context, Probe<Object> probe, ReplyTo<Object> replyTo)
            implements Actor<Object> {
        @Override
        public void receive(Object message) {
            probe.ref().send("begins");
            sleep(context.node());
            sleep(context.node());
            probe.ref().send("a word of the dead");
            replyTo.send("an answer of the dead");
            context.spawn((ActorFactory<Object>) child -> any -> {});
        }

        private static void sleep(Node node) {
            try {
                node.await(new CompletableFuture<>(), ofSeconds(1));
            } catch (TimeoutException | InterruptedException over) {
                // it goes on
            } catch (ExecutionException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /** Kills one in the middle of its message; what it does then is over in two seconds. */
    private static Probe<Object> kill(Simulation simulation) {
        Probe<Object> probe = simulation.probe("probe");
        var node = simulation.node();
        var replies = new ArrayList<Object>();
        ReplyTo<Object> replyTo = replies::add;
        ActorFactory<Object> factory = context -> new Stubborn(context, probe, replyTo);
        var stubborn = node.start(factory);
        stubborn.send("begin");
        probe.expect("begins");
        node.kill(stubborn.pid());
        return probe;
    }

    private static void zombies(Simulation simulation) {
        kill(simulation);
        assertThat(simulation.node().zombies()).hasSize(1);
        simulation.advance(ofSeconds(2));
        assertThat(simulation.node().zombies()).isEmpty();
    }

    private static void zombiesAreDumb(Simulation simulation) {
        var probe = kill(simulation);
        long before = simulation.node().processes();
        probe.expectNone(Duration.ofSeconds(3));
        assertThat(simulation.node().processes()).isEqualTo(before);
        var fates = simulation.node().fates();
        assertThat(fates.dropped()).containsEntry(Fates.Dropped.SENDER_ENDED, 1L);
        assertThat(fates.refused()).containsEntry(Fates.Refused.CALLER_DEAD, 1L);
        assertThat(fates.isBalanced()).isTrue();
    }

    private static void deadLinkNobody(Simulation simulation) {
        var node = simulation.node();
        var bob = node.start(recorder(new ArrayList<>())).pid();
        ActorFactory<Object> linking = context -> message -> context.link(bob);
        var ann = node.start(linking);
        ann.send("link");
        node.kill(ann.pid());
        simulation.settle();
        assertThat(node.info(bob).orElseThrow().links()).isEmpty();
    }

    private static void trueReason(Simulation simulation) {
        Probe<Object> probe = simulation.probe("probe");
        var why = ExitReason.custom("why");
        ActorFactory<Object> factory =
                context ->
                        message -> {
                            context.stop(why);
                            throw new IllegalStateException("thrown on the way out");
                        };
        var ref = simulation.node().start(factory);
        var end = probe.expectingEnd(ref.pid());
        ref.send("stop");
        assertThat(end.get()).isEqualTo(why);
    }
}
