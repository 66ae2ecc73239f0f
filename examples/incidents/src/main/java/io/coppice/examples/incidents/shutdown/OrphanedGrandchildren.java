package io.coppice.examples.incidents.shutdown;

import static io.coppice.examples.incidents.stage.Trees.idle;
import static io.coppice.examples.incidents.stage.Victims.holdsUp;
import static io.coppice.process.ExitReason.SHUTDOWN;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import io.coppice.actor.Node;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Trees;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.supervision.Supervisor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A supervisor that is killed while it stops its children. */
public final class OrphanedGrandchildren implements Incident {

    @Override
    public Story story() {
        return Story.of(
                        "orphaned-grandchildren",
                        "A supervisor killed while it stops leaves orphans")
                .from("M7; otp#5201, ERL-724")
                .elsewhere(
                        "Children are unlinked first, then stopped one by one. A supervisor that is"
                                + " killed meanwhile leaves those whose turn has not come.")
                .here(
                        "Children stay linked until they are gone. A kill of the supervisor ends"
                                + " them through their links.");
    }

    private static Facts facts(long orphans) {
        return Facts.of("grandchildren that live on, of 3", orphans);
    }

    @Override
    public Facts right() {
        return facts(0);
    }

    @Override
    public Elsewhere elsewhere() {
        Set<String> alive = new HashSet<>(List.of("a", "b", "slow"));
        Set<String> linked = new HashSet<>(alive);
        linked.clear(); // The supervisor unlinks all that it is going to stop,
        alive.remove("slow"); // stops the last,
        alive.removeAll(linked); // and is killed: those linked to it die.
        return Elsewhere.reenacted(facts(alive.size()));
    }

    @Override
    public Facts here() throws InterruptedException {
        var isStopping = new CountDownLatch(1);
        var door = new CountDownLatch(1);
        try (var node = Node.start()) {
            var boss =
                    Trees.start(
                            node,
                            supervisor("boss", ONE_FOR_ONE)
                                    .children(idle("a"), idle("b"), holdsUp(isStopping, door)));
            boss.send(new Supervisor.Message.Stop(SHUTDOWN));
            Wait.on(isStopping);
            node.kill(boss.pid());
            door.countDown();
            Wait.until(() -> node.processes() == 0);
            return facts(node.processes());
        } finally {
            door.countDown();
        }
    }
}
