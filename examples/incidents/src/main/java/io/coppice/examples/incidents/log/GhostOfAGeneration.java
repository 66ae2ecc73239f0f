package io.coppice.examples.incidents.log;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Fates;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.log.kit.Entry;
import io.coppice.examples.incidents.log.kit.Fate;
import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.examples.incidents.log.kit.Receiver;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker that is removed and started again, while events of its first life are on their way. */
public final class GhostOfAGeneration implements Incident {

    private static final int WHILE_REMOVED = 3;
    private static final int AFTERWARDS = 2;

    @Override
    public Story story() {
        return Story.of(
                        "ghost-of-a-generation",
                        "Late events of an old generation bring its state back")
                .from("R6")
                .elsewhere(
                        "State is made for whoever an event is from. One that comes after its"
                                + " worker was removed makes it anew, and nobody removes it"
                                + " again; what is dropped is dropped in silence.")
                .here(
                        "State is a process: it is there when it has been started, and a message"
                                + " to nobody starts nobody, but is counted by the node. Each"
                                + " event names its incarnation, and the receiver of the next one"
                                + " (log.kit) counts and logs what is of another.");
    }

    private static Facts facts(long back, long applied, long counted) {
        return Facts.of("states brought back", back)
                .and("old events applied", applied)
                .and("old events counted, of 5", counted);
    }

    @Override
    public Facts right() {
        return facts(0, 0, WHILE_REMOVED + AFTERWARDS);
    }

    @Override
    public Elsewhere elsewhere() {
        Map<String, List<String>> states = new HashMap<>();
        states.put("worker", List.of("started"));
        states.remove("worker");
        for (int late = 0; late < WHILE_REMOVED; late++) {
            states.computeIfAbsent("worker", it -> new ArrayList<>()).add("late");
        }
        long applied = states.values().stream().mapToLong(List::size).sum();
        return Elsewhere.reenacted(facts(states.size(), applied, 0));
    }

    @Override
    public Facts here() {
        return Tries.once(GhostOfAGeneration::run);
    }

    private static Facts run(Simulation simulation) {
        var node = simulation.node();
        var first = Rig.fresh();
        long before = node.processes();
        var log = node.start(first.tree(), SpawnOptions.defaults());
        first.submit(node, "started");
        simulation.advance(ofSeconds(1));
        node.kill(log.pid());
        simulation.settle();

        for (int i = 0; i < WHILE_REMOVED; i++) late(node, first, 1);
        simulation.settle();
        long back = node.processes() - before;
        long toNobody = node.fates().refused().getOrDefault(Fates.Refused.NO_SUCH_NAME, 0L);

        var second = first.of(first.key().next());
        node.start(second.tree(), SpawnOptions.defaults());
        second.submit(node, "started again");
        simulation.advance(ofSeconds(1));
        long epoch = second.store().nextEpoch() - 1; // The worst case: over the present line.
        for (int i = 0; i < AFTERWARDS; i++) late(node, second, epoch);
        simulation.settle();

        return facts(
                back,
                first.journal().effects().stream().filter("late"::equals).count(),
                toNobody + first.ledger().of(Fate.STALE_INCARNATION));
    }

    /** The next event of the first incarnation reaches the place where {@code receiver} may be. */
    private static void late(Node node, Rig receiver, long epoch) {
        var entry = new Entry(2, "late", 0, Entry.NEVER);
        var frame = new Frame.Deliver(Rig.fresh().key(), 1, List.of(entry));
        node.registry()
                .ref(receiver.receiverName())
                .send(new Receiver.Message.Arrived(epoch, frame));
    }
}
