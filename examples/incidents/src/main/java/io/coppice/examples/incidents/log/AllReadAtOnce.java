package io.coppice.examples.incidents.log;

import static java.time.Duration.ofMinutes;

import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;

/** A peer that has been away for long, and has thousands of commands waiting for it. */
public final class AllReadAtOnce implements Incident {

    private static final int COMMANDS = 5_000;

    @Override
    public Story story() {
        return Story.of("all-read-at-once", "All missed commands are read at once")
                .from("R16")
                .elsewhere(
                        "On connection everything that is stored for the peer is read into one"
                                + " list, and sent. How much memory that takes, the peer's absence"
                                + " decides.")
                .here(
                        "Replaying is no loop, but turns of the sender's process: each reads no"
                                + " more than may be under way, sends it, and the next comes with"
                                + " an acknowledgement (log.kit). Between two of them it does what"
                                + " else it is asked, and can be stopped.");
    }

    private static Facts facts(long atOnce, long delivered, boolean asked) {
        return Facts.of("commands in memory at once, of 5,000", atOnce)
                .and("commands delivered, in order", delivered)
                .and("something else is done meanwhile", asked);
    }

    @Override
    public Facts right() {
        return facts(Rig.fresh().sending().window(), COMMANDS, true);
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> stored = new ArrayList<>();
        for (int command = 0; command < COMMANDS; command++) stored.add("command-" + command);
        var missed = List.copyOf(stored);
        return Elsewhere.reenacted(facts(missed.size(), missed.size(), false));
    }

    @Override
    public Facts here() {
        return Tries.once(AllReadAtOnce::run);
    }

    private static Facts run(Simulation simulation) {
        var rig = Rig.fresh();
        var node = simulation.node();
        rig.startSender(node);
        for (int command = 0; command < COMMANDS; command++) rig.post(node, "command-" + command);
        simulation.settle();
        rig.startReceiver(node);
        node.spawn(rig::dialer);
        rig.submit(node, "command-" + COMMANDS); // Returns in the middle of the replay.
        long before = rig.journal().effects().size();
        simulation.advance(ofMinutes(1));
        return facts(rig.store().largestPage(), inOrder(rig), before < COMMANDS / 2);
    }

    /** How many are where they should be, the one that came meanwhile aside. */
    private static long inOrder(Rig rig) {
        var effects = rig.journal().effects();
        long right = 0;
        while (right < effects.size() && effects.get((int) right).equals("command-" + right)) {
            right++;
        }
        return right - 1;
    }
}
