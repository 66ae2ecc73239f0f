package io.coppice.examples.incidents.log;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.CallFailure;
import io.coppice.actor.StartFailure;
import io.coppice.examples.incidents.log.kit.Acks;
import io.coppice.examples.incidents.log.kit.Fate;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Three events of an actor that then has nothing more to say. */
public final class NeverAcknowledged implements Incident {

    private static final List<String> EVENTS = List.of("event-1", "event-2", "event-3");
    private static final int COUNT = 250;
    private static final Duration SOON = ofMillis(20);
    private static final Duration LONG = ofHours(1);

    /** Each acknowledges three events for another of its reasons: their number, time, or quiet. */
    private static final List<Acks> REASONS =
            List.of(
                    new Acks(EVENTS.size(), LONG, LONG),
                    new Acks(COUNT, SOON, LONG),
                    new Acks(COUNT, LONG, SOON));

    @Override
    public Story story() {
        return Story.of(
                        "never-acknowledged",
                        "The last events of a quiet actor are never acknowledged")
                .from("R7; rivet: trailing events never acked")
                .elsewhere(
                        "Every 250 events are acknowledged. If there are three, they are kept, and"
                                + " sent again at each connection, for ever.")
                .here(
                        "It is acknowledged after so many, or so much time, or so much quiet: the"
                                + " latter by timers of the receiver's own process, which a"
                                + " simulation has run in virtual time. It says what is durable"
                                + " (log.kit), so a kill at any step, or a write that fails,"
                                + " loses nothing and repeats nothing.");
    }

    private static Facts facts(long owed, long lost, long twice) {
        return Facts.of("events not acknowledged when it is quiet, of 3", owed)
                .and("events lost, with a failure at each step", lost)
                .and("applied twice", twice);
    }

    @Override
    public Facts right() {
        return facts(0, 0, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        int owed = 0;
        for (int event = 0; event < EVENTS.size(); event++) {
            owed++;
            if (owed > COUNT) owed = 0;
        }
        return Elsewhere.reenacted(facts(owed, 0, 0));
    }

    @Override
    public Facts here() {
        long owed = 0;
        for (var acks : REASONS) {
            owed += Tries.once(simulation -> owedWhenQuiet(simulation, acks));
        }
        var lost = new LongAdder();
        var twice = new LongAdder();
        Tries.Trial trial =
                (simulation, rig) -> {
                    play(simulation, rig);
                    lost.add(lost(rig));
                    twice.add(twice(rig));
                };
        Tries.killedAtEachStep("receiver", simulation -> trial.play(simulation, Rig.fresh()));
        Tries.failingAtEachWrite(Rig::fresh, rig -> rig.journal().disk(), trial);
        return facts(owed, lost.sum(), twice.sum());
    }

    private static long owedWhenQuiet(Simulation simulation, Acks acks) {
        var rig = Rig.fresh().with(acks);
        var node = simulation.start(rig.tree());
        EVENTS.forEach(event -> rig.submit(node, event));
        simulation.advance(SOON.plus(SOON));
        return rig.ledger().unacknowledged();
    }

    /** In the end nothing is under way, so what was stored is applied, or nowhere. */
    private static long lost(Rig rig) {
        return rig.ledger().of(Fate.STORED) - rig.journal().effects().stream().distinct().count();
    }

    private static long twice(Rig rig) {
        var effects = rig.journal().effects();
        return effects.size() - effects.stream().distinct().count();
    }

    private static void play(Simulation simulation, Rig rig) {
        try {
            var node = simulation.start(rig.tree());
            EVENTS.forEach(event -> rig.submit(node, event));
            simulation.advance(ofSeconds(30));
        } catch (StartFailure | CallFailure killedInInit) {
            // There is nothing to acknowledge.
        }
    }
}
