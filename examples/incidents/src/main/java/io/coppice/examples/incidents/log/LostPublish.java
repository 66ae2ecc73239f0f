package io.coppice.examples.incidents.log;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.log.kit.Fate;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.log.kit.Trouble;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line that is up all the while, and loses every third frame. */
public final class LostPublish implements Incident {

    private static final int COMMANDS = 300;
    private static final int BURST = 4;
    private static final int URGENT = 30;
    private static final Duration PATIENCE = ofMillis(20);

    @Override
    public Story story() {
        return Story.of("lost-publish", "A lost publish is not repeated while the link is up")
                .from("R3")
                .elsewhere(
                        "What is stored is sent again when the peer connects anew. As long as the"
                                + " connection stays up nobody looks, and a command that was lost"
                                + " on it waits for its end.")
                .here(
                        "A timer of the sender's own process, which dies with it, has all that is"
                                + " not acknowledged sent again, with back-off; a gap that the"
                                + " receiver sees is asked for at once. Expiry is judged by the"
                                + " node's one clock when a command's turn comes. Timers and clock"
                                + " are Coppice's, the rest is in log.kit.");
    }

    private static Facts facts(long missing, long connections, long late, boolean counted) {
        return Facts.of("commands that did not arrive in a second, of 300", missing)
                .and("connections that it took", connections)
                .and("urgent commands carried out when it was too late", late)
                .and("those that were too late are counted", counted);
    }

    @Override
    public Facts right() {
        return facts(0, 1, 0, true);
    }

    @Override
    public Elsewhere elsewhere() {
        List<Integer> arrived = new ArrayList<>();
        for (int command = 1; command <= COMMANDS; command++) {
            if (command % 3 != 0) arrived.add(command); // The third is lost, and that is that.
        }
        return Elsewhere.reenacted(facts(COMMANDS - arrived.size(), 1, 0, false));
    }

    @Override
    public Facts here() {
        return Tries.once(LostPublish::run);
    }

    private static Facts run(Simulation simulation) {
        var rig = Rig.fresh().with(Trouble.losing(3));
        var node = simulation.start(rig.tree());
        long missing = patient(simulation, rig, node);
        long inTime = 0;
        long late = 0;
        for (int command = 0; command < URGENT; command++) {
            int before = rig.journal().effects().size();
            rig.submit(node, "urgent", Optional.of(PATIENCE)); // Sent again, it is too late.
            simulation.advance(PATIENCE);
            int soon = rig.journal().effects().size();
            simulation.advance(ofSeconds(1));
            inTime += soon - before;
            late += rig.journal().effects().size() - soon;
        }
        long expired = rig.ledger().of(Fate.EXPIRED);
        return facts(
                missing,
                rig.store().nextEpoch() - 1,
                late,
                expired > 0 && expired == URGENT - inTime);
    }

    /** Bursts, after each of which nothing follows that would show a gap. */
    private static long patient(Simulation simulation, Rig rig, Node node) {
        long missing = 0;
        for (int command = 1; command <= COMMANDS; command++) {
            rig.submit(node, "patient");
            if (command % BURST == 0) {
                simulation.advance(ofSeconds(1));
                missing += command - rig.journal().effects().size();
            }
        }
        return missing;
    }
}
