package io.coppice.examples.incidents.log;

import static java.time.Duration.ofSeconds;

import io.coppice.actor.CalleeEnded;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.log.kit.Receipt;
import io.coppice.examples.incidents.log.kit.Rig;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.process.ExitReason;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;

/** A log with room for two more commands, of which it is to take three. */
public final class IndexOverflows implements Incident {

    private static final long LAST = Long.MAX_VALUE - 2;

    @Override
    public Story story() {
        return Story.of("index-overflows", "A command index overflows in silence")
                .from("R15")
                .elsewhere(
                        "The next index is the last plus one. After the largest comes the"
                                + " smallest, which the receiver takes for an old one: the command"
                                + " is stored, and never carried out.")
                .here(
                        "The sum is checked (log.kit), and what that throws needs no handling: it"
                                + " ends the process and is its exit reason, which the caller's"
                                + " call, links, monitors and the supervisor get as it is. What"
                                + " had been stored is delivered by the next incarnation.");
    }

    private static Facts facts(String index, long applied, String reason) {
        return Facts.of("the index after the largest", index)
                .and("commands carried out, of those that were accepted", applied)
                .and("what the caller of the third is told", reason);
    }

    @Override
    public Facts right() {
        return facts("none", 2, "ArithmeticException");
    }

    @Override
    public Elsewhere elsewhere() {
        long last = LAST;
        long applied = LAST;
        List<Long> effects = new ArrayList<>();
        for (int command = 0; command < 3; command++) {
            last = last + 1;
            if (last > applied) {
                applied = last;
                effects.add(applied);
            }
        }
        return Elsewhere.reenacted(facts("" + last, effects.size(), "stored"));
    }

    @Override
    public Facts here() {
        return Tries.once(IndexOverflows::run);
    }

    private static Facts run(Simulation simulation) {
        var rig = Rig.fresh();
        rig.store().begin(rig.key(), LAST);
        var node = simulation.start(rig.tree());
        rig.submit(node, "first");
        rig.submit(node, "second");
        var third = third(rig, node);
        simulation.advance(ofSeconds(1));
        return facts(third.index(), rig.journal().effects().size(), third.told());
    }

    private record Third(String index, String told) {}

    private static Third third(Rig rig, Node node) {
        try {
            return new Third(
                    rig.submit(node, "third") instanceof Receipt.Stored(var index)
                            ? "" + index
                            : "none",
                    "stored");
        } catch (CalleeEnded ended) {
            return new Third("none", cause(ended.reason()));
        }
    }

    /** Its class: what the JVM says of its own exceptions it stops saying when they are many. */
    private static String cause(ExitReason reason) {
        return reason instanceof ExitReason.Crashed(var thrown)
                ? thrown.getClass().getSimpleName()
                : reason.toString();
    }
}
