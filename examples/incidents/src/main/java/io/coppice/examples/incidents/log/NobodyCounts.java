package io.coppice.examples.incidents.log;

import static java.time.Duration.ofMinutes;

import io.coppice.examples.incidents.log.kit.Fate;
import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.log.kit.Trouble;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Events over a line that loses and doubles them, and keeps a count of its own. */
public final class NobodyCounts implements Incident {

    private static final int EVENTS = 500;

    @Override
    public Story story() {
        return Story.of("nobody-counts", "Nobody counts what was dropped or replayed")
                .from("R21")
                .elsewhere(
                        "What is taken in is counted. What is filtered out, sent again or still"
                                + " owed is known to nobody, and when events are missing nobody can"
                                + " tell where they went.")
                .here(
                        "Every message of a node has one fate, and the node counts them. So does"
                            + " this program (log.kit) with its entries: what its ledger says is"
                            + " compared with what the line has counted for itself, and with the"
                            + " effects.");
    }

    private static Facts facts(long wrong, long without, boolean timed, long messages) {
        return Facts.of("counts that are wrong or missing, of 8", wrong)
                .and("arrivals without a fate", without)
                .and("the longest that an event took is known", timed)
                .and("messages of the node without one", messages);
    }

    @Override
    public Facts right() {
        return facts(0, 0, true, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        var arrivals = List.of(1, 2, 2, 3, 1, 4, 3); // Sent: seven times. Dropped: three.
        var real = List.of(4L, 7L, 7L, 4L, 3L, 3L, 0L, 1L);
        long ingested = arrivals.stream().distinct().count();
        var counted = List.of(ingested, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
        return Elsewhere.reported(
                facts(wrong(counted, real), arrivals.size() - ingested, false, 0));
    }

    private static long wrong(List<Long> counted, List<Long> real) {
        return IntStream.range(0, real.size())
                .filter(i -> !counted.get(i).equals(real.get(i)))
                .count();
    }

    @Override
    public Facts here() {
        return Tries.once(NobodyCounts::run);
    }

    private static Facts run(Simulation simulation) {
        var taken = new LongAdder();
        var letOut = new LongAdder();
        var largest = new LongAccumulator(Math::max, 0);
        var rig = Rig.fresh().with(counting(Trouble.everySort(), taken, letOut, largest));
        var node = simulation.start(rig.tree());
        for (int event = 0; event < EVENTS; event++) rig.submit(node, "event-" + event);
        simulation.advance(ofMinutes(5));

        long applied = rig.journal().effects().size();
        long owed = rig.store().entries(rig.key()).size();
        var real =
                List.of(
                        (long) EVENTS,
                        taken.sum(),
                        letOut.sum(),
                        applied,
                        letOut.sum() - applied,
                        taken.sum() - EVENTS,
                        owed,
                        largest.get());
        var slowest = rig.ledger().slowest();
        boolean timed = slowest.isPositive() && slowest.compareTo(simulation.now()) < 0;
        return facts(
                wrong(counted(rig), real), rig.ledger().waiting(), timed, node.fates().underWay());
    }

    private static List<Long> counted(Rig rig) {
        var ledger = rig.ledger();
        return List.of(
                ledger.of(Fate.STORED),
                ledger.of(Fate.PUBLISHED),
                ledger.of(Fate.ARRIVED),
                ledger.of(Fate.APPLIED),
                ledger.dropped(),
                ledger.of(Fate.REPLAYED),
                ledger.unacknowledged(),
                (long) ledger.largestBatch());
    }

    private static Trouble counting(
            Trouble trouble, LongAdder taken, LongAdder letOut, LongAccumulator largest) {
        return (frame, number, chance) -> {
            var copies = trouble.copies(frame, number, chance);
            if (frame instanceof Frame.Deliver deliver) {
                largest.accumulate(deliver.entries().size());
                taken.add(deliver.entries().size());
                letOut.add((long) copies.size() * deliver.entries().size());
            }
            return copies;
        };
    }
}
