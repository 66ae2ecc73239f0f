package io.coppice.examples.incidents.log;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.log.kit.Fate;
import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.log.kit.Sender;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;

/** Thousands of commands, each of which is acknowledged some time. */
public final class KeptForEver implements Incident {

    private static final int COMMANDS = 3_000;
    private static final long NEVER_ISSUED = 1_000_000;

    @Override
    public Story story() {
        return Story.of("kept-for-ever", "Commands that were acknowledged are kept for ever")
                .from("R2")
                .elsewhere(
                        "Commands are stored, and nothing follows what the peer has done with"
                                + " them. All of them are there for ever, and are sent again at"
                                + " each connection.")
                .here(
                        "An acknowledgement is a message to the one process that owns the log,"
                                + " which removes all up to it; what may be under way has a"
                                + " bound. One of an index that was never issued is refused, and"
                                + " counted. All of this is the program's (log.kit); Coppice gives"
                                + " the single writer.");
    }

    private static Facts facts(long kept, boolean bounded, boolean refused) {
        return Facts.of("acknowledged commands that are kept, of 3,000", kept)
                .and("never more than a few are stored", bounded)
                .and("an acknowledgement of what was never issued is refused", refused);
    }

    @Override
    public Facts right() {
        return facts(0, true, true);
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> stored = new ArrayList<>();
        long acknowledged = 0;
        for (int command = 0; command < COMMANDS; command++) {
            stored.add("command");
            acknowledged = command + 1; // Noted, and that is all.
        }
        acknowledged = NEVER_ISSUED; // Noted as well: nobody compares.
        boolean refused = acknowledged != NEVER_ISSUED;
        return Elsewhere.reenacted(facts(stored.size(), stored.size() < 100, refused));
    }

    @Override
    public Facts here() {
        return Tries.once(KeptForEver::run);
    }

    private static Facts run(Simulation simulation) {
        var rig = Rig.fresh();
        var node = simulation.start(rig.tree());
        for (int command = 0; command < COMMANDS; command++) rig.submit(node, "command");
        simulation.advance(ofSeconds(1));
        acknowledge(rig, node, NEVER_ISSUED);
        rig.submit(node, "one more");
        simulation.advance(ofSeconds(1));
        return facts(
                rig.store().entries(rig.key()).size(),
                rig.store().largest() < 100,
                rig.ledger().of(Fate.ACK_NEVER_ISSUED) == 1
                        && rig.journal().effects().size() == COMMANDS + 1);
    }

    private static void acknowledge(Rig rig, Node node, long index) {
        long epoch = 1; // There has been one line.
        node.registry()
                .ref(rig.senderName())
                .send(new Sender.Message.Arrived(epoch, new Frame.Ack(rig.key(), index)));
    }
}
