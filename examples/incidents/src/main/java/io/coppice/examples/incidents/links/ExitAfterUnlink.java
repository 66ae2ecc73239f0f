package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Victims.DIES_AT_ONCE;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/** An exit that is under way while its link is taken back. */
public final class ExitAfterUnlink implements Incident {

    private static final int ROUNDS = 5_000;

    @Override
    public Story story() {
        return Story.of("exit-after-unlink", "An exit arrives of a link that was taken back")
                .from("L5; Erlang's link protocol")
                .elsewhere(
                        "unlink() takes the entry out of both tables. An exit that is under way at"
                                + " that moment arrives later, and ends somebody who is no longer"
                                + " linked.")
                .here(
                        "From the call of unlink on, exits of that link are not heard, wherever"
                            + " they are; unlinkAndFlush takes one that waits in the mailbox too.");
    }

    private static Facts facts(boolean heard) {
        return Facts.of("an exit is heard after unlink", heard);
    }

    @Override
    public Facts right() {
        return facts(false);
    }

    @Override
    public Elsewhere elsewhere() {
        Set<String> links = new HashSet<>(Set.of("ann"));
        Queue<String> underWay = new ArrayDeque<>();
        links.forEach(peer -> underWay.add("exit for " + peer)); // Bob dies.
        links.remove("ann"); // Ann's unlink() returns.
        return Elsewhere.reenacted(facts(!underWay.isEmpty()));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var ann = Puppet.start(node).trapping();
            ann.does(
                    context -> {
                        for (int round = 0; round < ROUNDS; round++) {
                            context.unlinkAndFlush(context.spawnLinked(DIES_AT_ONCE).pid());
                        }
                        return true;
                    });
            Wait.untilQuiet(node);
            return facts(!ann.heard().isEmpty());
        }
    }
}
