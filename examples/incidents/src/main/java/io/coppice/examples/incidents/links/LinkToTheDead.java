package io.coppice.examples.incidents.links;

import static io.coppice.process.ExitReason.NO_PROCESS;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Exited;

import java.util.HashSet;
import java.util.Set;

/** Links to processes that are gone. */
public final class LinkToTheDead implements Incident {

    private static final int LINKS = 10_000;

    @Override
    public Story story() {
        return Story.of("link-to-the-dead", "A link to the dead stays in the table for ever")
                .from("L3, L15; spawned: stale table entry")
                .elsewhere(
                        "link() enters the target and then finds it dead. It signals, and leaves"
                                + " the entry: a supervisor that lives long leaks one for each.")
                .here(
                        "The answer \"no process\" takes the entry out again. Who traps exits hears"
                                + " it once per link.");
    }

    private static Facts facts(long entries, long told) {
        return Facts.of("entries left after 10,000 links to the dead", entries)
                .and("exits \"no process\" heard", told);
    }

    @Override
    public Facts right() {
        return facts(0, LINKS);
    }

    @Override
    public Elsewhere elsewhere() {
        Set<Integer> table = new HashSet<>();
        int told = 0;
        for (int target = 0; target < LINKS; target++) {
            table.add(target); // link() registers.
            boolean targetIsDead = true;
            if (targetIsDead) told++; // It signals by hand, and forgets the entry.
        }
        return Elsewhere.reenacted(facts(table.size(), told));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var dead = Puppet.start(node);
            node.kill(dead.pid());
            dead.end();
            var ann = Puppet.start(node).trapping();
            long told = 0;
            for (int i = 0; i < LINKS; i++) {
                ann.tell(
                        context -> {
                            context.link(dead.pid());
                        });
            }
            Wait.untilQuiet(node);
            for (var news : ann.heard()) {
                if (news.equals(new Exited(dead.pid(), NO_PROCESS))) told++;
            }
            return facts(node.info(ann.pid()).orElseThrow().links().size(), told);
        }
    }
}
