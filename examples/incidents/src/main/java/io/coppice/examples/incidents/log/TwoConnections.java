package io.coppice.examples.incidents.log;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.ActorRef;
import io.coppice.examples.incidents.log.kit.Entry;
import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.examples.incidents.log.kit.Line;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** A peer that connects again, while its old connection still talks. */
public final class TwoConnections implements Incident {

    private static final int SCHEDULES = 100;
    private static final int FRAMES = 4;
    private static final String RECEIVER = Rig.fresh().receiverName().value();

    @Override
    public Story story() {
        return Story.of("two-connections", "Two connections of one peer both apply")
                .from("R11")
                .elsewhere(
                        "A connection is added to those that there are. The old one, of which the"
                                + " peer has heard nothing for a while, delivers what it still"
                                + " has, and both are applied.")
                .here(
                        "A connection is a process, linked to both of its ends. The receiver kills"
                                + " the old one when a newer comes, and what a killed process says"
                                + " is dropped; what it had said before carries its epoch, and is"
                                + " fenced (log.kit).");
    }

    private static Facts facts(long mixed, long alive, long kept, boolean lateOneIn) {
        return Facts.of("runs in which the old one applies after the new one", mixed)
                .and("runs in which two connections live on", alive)
                .and("runs in which the new one is not let in", kept)
                .and("an older one that comes late is let in", lateOneIn);
    }

    @Override
    public Facts right() {
        return facts(0, 0, 0, false);
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> connections = new ArrayList<>(List.of("old", "new"));
        List<String> applied = new ArrayList<>();
        for (int frame = 0; frame < FRAMES; frame++) applied.addAll(connections);
        return Elsewhere.reenacted(
                facts(oldAfterNew(applied) > 0 ? 1 : 0, connections.size() > 1 ? 1 : 0, 0, true));
    }

    @Override
    public Facts here() {
        var alive = new LongAdder();
        var kept = new LongAdder();
        long mixed =
                Tries.inSchedules(
                        SCHEDULES,
                        simulation -> {
                            var result = play(simulation, 1, 2);
                            alive.add(result.alive() > 1 ? 1 : 0);
                            kept.add(result.secondIsAlive() ? 0 : 1);
                            return oldAfterNew(result.applied()) > 0 ? 1 : 0;
                        });
        long lateOnes =
                Tries.inSchedules(
                        SCHEDULES, simulation -> play(simulation, 2, 1).secondIsAlive() ? 1 : 0);
        return facts(mixed, alive.sum(), kept.sum(), lateOnes > 0);
    }

    private static long oldAfterNew(List<String> applied) {
        return applied.stream().dropWhile("old"::equals).filter("old"::equals).count();
    }

    private record Result(List<String> applied, long alive, boolean secondIsAlive) {}

    /** Both say the same entries, so that each is applied for the one that comes through. */
    private static Result play(Simulation simulation, long firstEpoch, long secondEpoch) {
        simulation.faults(Faults.none().slow(RECEIVER, ofSeconds(1))); // So frames pile up.
        var rig = Rig.fresh();
        var node = simulation.node();
        var receiver = rig.startReceiver(node);
        var sender = rig.startSender(node);
        var first = Rig.connect(node, firstEpoch, sender, receiver);
        say(rig, first, "old", 1);
        var second = Rig.connect(node, secondEpoch, sender, receiver);
        for (int index = 1; index <= FRAMES; index++) {
            say(rig, first, "old", index);
            say(rig, second, "new", index);
        }
        simulation.advance(ofMinutes(1));
        long alive = List.of(first, second).stream().filter(it -> node.isAlive(it.pid())).count();
        return new Result(rig.journal().effects(), alive, node.isAlive(second.pid()));
    }

    private static void say(Rig rig, ActorRef<Line.Message> line, String who, long index) {
        var entry = new Entry(index, who, 0, Entry.NEVER);
        line.send(new Line.Message.Down(new Frame.Deliver(rig.key(), 0, List.of(entry))));
    }
}
