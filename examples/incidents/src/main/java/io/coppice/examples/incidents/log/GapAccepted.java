package io.coppice.examples.incidents.log;

import static java.time.Duration.ofMinutes;

import io.coppice.examples.incidents.log.kit.Entry;
import io.coppice.examples.incidents.log.kit.Fate;
import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.examples.incidents.log.kit.Receiver;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.log.kit.Trouble;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Events over a line that loses, doubles and shuffles them. */
public final class GapAccepted implements Incident {

    private static final int SCHEDULES = 20;
    private static final List<String> EVENTS =
            IntStream.rangeClosed(1, 100).mapToObj(i -> "event-" + i).toList();

    @Override
    public Story story() {
        return Story.of("gap-accepted", "A gap is accepted, and the late event dropped as old")
                .from("R5; rivet: the last of a batch, not the largest")
                .elsewhere(
                        "The last index of a batch is taken for how far one has got. What was"
                                + " overtaken comes later, is old, and is dropped in silence;"
                                + " what comes twice inside of a batch is applied twice.")
                .here(
                        "The receiver is a process with a window: it keeps what is early, asks for"
                                + " what is missing, and counts what it drops, by reason (log.kit)."
                                + " Coppice gives it one message at a time, and a simulation in"
                                + " which the same bad luck comes again.");
    }

    private static Facts facts(long holes, long twice, boolean far) {
        return Facts.of("events lost in silence", holes)
                .and("events applied twice", twice)
                .and("one too far ahead is counted", far);
    }

    @Override
    public Facts right() {
        return facts(0, 0, true);
    }

    @Override
    public Elsewhere elsewhere() {
        List<Integer> applied = new ArrayList<>();
        int last = 0;
        for (var batch : List.of(List.of(1, 3), List.of(2, 4), List.of(6, 6, 5), List.of(6))) {
            int known = last;
            batch.stream().filter(index -> index > known).forEach(applied::add);
            last = batch.getLast();
        }
        long distinct = applied.stream().distinct().count();
        return Elsewhere.reenacted(facts(6 - distinct, applied.size() - distinct, false));
    }

    @Override
    public Facts here() {
        var twice = new LongAdder();
        long holes =
                Tries.inSchedules(
                        SCHEDULES,
                        simulation -> {
                            var delivered = delivered(simulation);
                            twice.add(twice(delivered));
                            return missing(delivered);
                        });
        return facts(holes, twice.sum(), Tries.once(GapExceeded::isCounted));
    }

    private static List<String> delivered(Simulation simulation) {
        var rig = Rig.fresh().with(Trouble.everySort());
        var node = simulation.start(rig.tree());
        EVENTS.forEach(event -> rig.submit(node, event));
        simulation.advance(ofMinutes(2));
        return rig.journal().effects();
    }

    /** Also what has been overtaken: for that place in the order is missing. */
    private static long missing(List<String> delivered) {
        var once = delivered.stream().distinct().toList();
        return IntStream.range(0, EVENTS.size())
                .filter(i -> i >= once.size() || !once.get(i).equals(EVENTS.get(i)))
                .count();
    }

    private static long twice(List<String> delivered) {
        return delivered.size() - delivered.stream().distinct().count();
    }

    /** An entry for which there is no room in the window. */
    private static final class GapExceeded {

        static boolean isCounted(Simulation simulation) {
            var rig = Rig.fresh();
            var receiver = rig.startReceiver(simulation.node());
            long farAhead = rig.receiving().window() + 1L;
            var entry = new Entry(farAhead, "event", 0, Entry.NEVER);
            long epoch = 0; // There has been no line so far.
            receiver.send(
                    new Receiver.Message.Arrived(
                            epoch, new Frame.Deliver(rig.key(), 0, List.of(entry))));
            simulation.settle();
            return rig.journal().effects().isEmpty() && rig.ledger().of(Fate.GAP_EXCEEDED) == 1;
        }
    }
}
