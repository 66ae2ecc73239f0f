package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Victims.DIES_AT_ONCE;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** A link raced against the death of its target. */
public final class LinkThenCheck implements Incident {

    private static final int ROUNDS = 10_000;

    @Override
    public Story story() {
        return Story.of("link-then-check", "A link made while its target dies gives two exits")
                .from("L2; spawned: link, then check")
                .elsewhere(
                        "link() enters itself in the table of the target, then looks whether the"
                            + " target is dead and signals by hand. A target that dies in between"
                            + " has signalled already.")
                .here(
                        "Only the target answers a link: with the link, or with \"no process\". In"
                                + " 10,000 races each death is heard once.");
    }

    private static Facts facts(long most, long fewest) {
        return Facts.of("most exits heard of one death", most)
                .and("fewest exits heard of one death", fewest);
    }

    @Override
    public Facts right() {
        return facts(1, 1);
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> heard = new ArrayList<>();
        List<List<String>> tableOfTarget = new ArrayList<>();
        tableOfTarget.add(heard); // link() registers.
        tableOfTarget.forEach(peer -> peer.add("boom")); // The target dies and tells its table.
        boolean targetIsDead = true;
        if (targetIsDead) heard.add("boom"); // link() looks, and tells by hand.
        return Elsewhere.reenacted(facts(heard.size(), heard.size()));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var ann = Puppet.start(node).trapping();
            ann.does(
                    context -> {
                        for (int round = 0; round < ROUNDS; round++) {
                            context.link(context.spawn(DIES_AT_ONCE).pid());
                        }
                        return true;
                    });
            return count(ann, node);
        }
    }

    private static Facts count(Puppet ann, Node node) throws InterruptedException {
        Wait.untilQuiet(node);
        var exits = new HashMap<Pid, Integer>();
        for (var news : ann.heard()) {
            exits.merge(((Exited) news).from(), 1, Integer::sum);
        }
        int deaf = ROUNDS - exits.size();
        int most = exits.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return facts(most, deaf > 0 ? 0 : 1);
    }
}
