package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Victims.DIES_AT_ONCE;

import static java.util.stream.Collectors.joining;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Exited;

import java.util.ArrayList;
import java.util.List;

/** A child that dies in its init, before its parent could link to it. */
public final class SpawnThenLink implements Incident {

    @Override
    public Story story() {
        return Story.of("spawn-then-link", "A child dies in its init and nobody is told")
                .from("L4; ergo: LinkParent is installed after init; kameo#229")
                .elsewhere(
                        "The link is made when init has returned. A child that fails in it tells a"
                                + " table that is still empty.")
                .here(
                        "spawnLinked enters the link on both sides before the child first runs. Its"
                                + " parent hears the true reason, once.");
    }

    private static Facts facts(String heard) {
        return Facts.of("what the parent hears of it", heard);
    }

    @Override
    public Facts right() {
        return facts("boom");
    }

    @Override
    public Elsewhere elsewhere() {
        List<String> heard = new ArrayList<>();
        List<List<String>> links = new ArrayList<>();
        links.forEach(peer -> peer.add("boom")); // The child runs, fails and tells whom it knows.
        links.add(heard); // Init is over: now the parent is entered.
        return Elsewhere.reenacted(facts(heard.isEmpty() ? "nothing" : String.join(", ", heard)));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var parent = Puppet.start(node).trapping();
            parent.does(context -> context.spawnLinked(DIES_AT_ONCE));
            Wait.untilQuiet(node);
            return facts(
                    parent.heard().stream()
                            .map(news -> ((Exited) news).reason().toString())
                            .collect(joining(", ")));
        }
    }
}
