package io.coppice.examples.incidents.links;

import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Pid;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** One links while the other unlinks. */
public final class HalfALink implements Incident {

    private static final int ROUNDS = 1_000;
    private static final int MOVES = 100;

    @Override
    public Story story() {
        return Story.of("half-a-link", "One end of a link exists and the other does not")
                .from("L1, L10; spawned: the window between two table inserts")
                .elsewhere(
                        "A link is an entry in two tables, each under its own lock. An unlink that"
                            + " comes between the two inserts takes out the first, and the second"
                            + " stays: its owner dies of a stranger.")
                .here(
                        "Each end changes its own table only, and tells the other by a signal that"
                                + " is acknowledged. When all signals have arrived, both say the"
                                + " same.");
    }

    private static Facts facts(long half) {
        return Facts.of("half links after 1,000 rounds", half);
    }

    @Override
    public Facts right() {
        return facts(0);
    }

    @Override
    public Elsewhere elsewhere() {
        Set<String> tableOfAnn = new HashSet<>();
        Set<String> tableOfBob = new HashSet<>();
        tableOfAnn.add("bob"); // Ann links: the first insert.
        tableOfBob.remove("ann"); // Bob unlinks, in between.
        tableOfAnn.remove("bob");
        tableOfBob.add("ann"); // Ann's second insert.
        boolean agree = tableOfAnn.contains("bob") == tableOfBob.contains("ann");
        return Elsewhere.reenacted(facts(agree ? 0 : 1));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            var ann = Puppet.start(node);
            var bob = Puppet.start(node);
            long half = 0;
            for (int round = 0; round < ROUNDS; round++) {
                var start = new CountDownLatch(2);
                int annsMoves = MOVES + round % 3; // So that now a link is the last, now an unlink.
                int bobsMoves = MOVES + round % 2;
                var anns = ann.begin(it -> linksAndUnlinks(it, bob.pid(), annsMoves, start));
                var bobs = bob.begin(it -> linksAndUnlinks(it, ann.pid(), bobsMoves, start));
                if (Wait.of(anns) && Wait.of(bobs)) Wait.untilQuiet(node);
                if (isLinked(node, ann, bob) != isLinked(node, bob, ann)) half++;
            }
            return facts(half);
        }
    }

    private static boolean linksAndUnlinks(
            Context<Object> context, Pid peer, int moves, CountDownLatch start) {
        start.countDown();
        while (start.getCount() > 0) Wait.letOthersRun(1);
        for (int move = 0; move < moves; move++) {
            context.link(peer);
            if (move % 3 != 0) context.unlink(peer);
        }
        return true;
    }

    private static boolean isLinked(Node node, Puppet one, Puppet other) {
        return node.info(one.pid()).orElseThrow().links().contains(other.pid());
    }
}
