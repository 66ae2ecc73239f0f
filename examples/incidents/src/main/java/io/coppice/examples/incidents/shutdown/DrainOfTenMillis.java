package io.coppice.examples.incidents.shutdown;

import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.PartitionSupervisor.partitionSupervisor;
import static io.coppice.supervision.ShutdownMode.draining;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Node;
import io.coppice.actor.ShutdownReport.Drain;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.supervision.ChildTemplate;
import io.coppice.supervision.PartitionSupervisor;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A stop in the midst of traffic, through 64 lanes. */
public final class DrainOfTenMillis implements Incident {

    private static final int LANES = 64;
    private static final int SOURCES = 4;
    private static final int BEFORE_THE_STOP = 1_000;

    @Override
    public Story story() {
        return Story.of("drain-of-ten-millis", "Events that were accepted vanish in the stop")
                .from("M3, M4, M9; maiko: 10 ms drain")
                .elsewhere(
                        "stop() looks every 100 us whether a channel is empty, for 10 ms at the"
                            + " most, and goes on. Under load that is not enough, and nobody counts"
                            + " what is left.")
                .here(
                        "A drain has no magic time: the gate is shut, what was let in is counted,"
                                + " and the stop goes on when the count is zero.");
    }

    private static Facts facts(long lost, Drain drain) {
        return Facts.of("accepted events that were lost", lost).and("the drain", drain);
    }

    @Override
    public Facts right() {
        return facts(0, Drain.COMPLETE);
    }

    @Override
    public Elsewhere elsewhere() {
        int waiting = BEFORE_THE_STOP;
        int handledPerPoll = 1; // An event takes as long as a poll, 100 us.
        for (int micros = 0; micros < 10_000 && waiting > 0; micros += 100) {
            waiting -= handledPerPoll;
        }
        return Elsewhere.reenacted(facts(waiting, waiting == 0 ? Drain.COMPLETE : Drain.CUT_SHORT));
    }

    @Override
    public Facts here() throws InterruptedException {
        var accepted = new AtomicLong();
        var handled = new AtomicLong();
        ChildTemplate<Integer, String> lane =
                each("lane", (context, number) -> event -> handled.incrementAndGet());
        var lanes = partitionSupervisor("lanes", LANES, lane).shutdown(draining(ofSeconds(10)));
        try (var node = Node.start(lanes)) {
            Runnable feed =
                    () -> {
                        for (int key = 0; isAccepted(lanes, node, key); key++) {
                            accepted.incrementAndGet();
                        }
                    };
            var sources =
                    Stream.generate(() -> Thread.startVirtualThread(feed)).limit(SOURCES).toList();
            Wait.until(() -> accepted.get() >= BEFORE_THE_STOP);
            var report = node.stop(ofSeconds(10));
            for (var source : sources) source.join();
            return facts(accepted.get() - handled.get(), report.drain());
        }
    }

    private static boolean isAccepted(PartitionSupervisor<String> lanes, Node node, int key) {
        return lanes.ref(node.registry(), key).offer("event").isAccepted();
    }
}
