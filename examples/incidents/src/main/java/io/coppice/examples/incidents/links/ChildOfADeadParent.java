package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Victims.IDLE;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.ProcessEnded;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A parent that is killed while it creates children. */
public final class ChildOfADeadParent implements Incident {

    private static final int PARENTS = 500;

    @Override
    public Story story() {
        return Story.of(
                        "child-of-a-dead-parent",
                        "A parent killed while it spawns leaves an orphan")
                .from("L4; spawned: start_linked looks at the target only, never at the parent")
                .elsewhere(
                        "The child is started, then linked. Nobody looks whether the parent is"
                                + " still there: a dead one gets a live, unlinked child.")
                .here(
                        "The dead cannot spawn: their context refuses. A child entered just before"
                                + " the death never runs, or hears of it first.");
    }

    private static Facts facts(long orphans, boolean canSpawn) {
        return Facts.of("children that live on", orphans).and("a dead parent can spawn", canSpawn);
    }

    @Override
    public Facts right() {
        return facts(0, false);
    }

    @Override
    public Elsewhere elsewhere() {
        Set<String> alive = new HashSet<>(Set.of("parent"));
        Map<String, String> links = new HashMap<>();
        alive.remove("parent"); // It is killed while it is about to spawn, and tells its links.
        alive.add("child");
        if (alive.contains("child")) links.put("child", "parent"); // Only the target is looked at.
        long orphans = links.values().stream().filter(peer -> !alive.contains(peer)).count();
        return Elsewhere.reenacted(facts(orphans, alive.contains("child")));
    }

    @Override
    public Facts here() throws InterruptedException {
        try (var node = Node.start()) {
            boolean canSpawn = spawnsAfterItsDeath(node);
            for (int i = 0; i < PARENTS; i++) {
                var parent = node.spawn(ChildOfADeadParent::endlessParent);
                node.kill(parent.pid()); // Somewhere between its first child and its last.
            }
            Wait.until(() -> node.processes() == 0);
            return facts(node.processes(), canSpawn);
        }
    }

    private static Actor<Object> endlessParent(Context<Object> context) {
        while (true) context.spawnLinked(IDLE);
    }

    /** It is killed inside a handler, ignores the interrupt, and then tries. */
    private static boolean spawnsAfterItsDeath(Node node) throws InterruptedException {
        var inside = new CountDownLatch(1);
        var isDead = new CountDownLatch(1);
        var parent = Puppet.start(node);
        var spawned =
                parent.begin(
                        context -> {
                            inside.countDown();
                            Wait.stubbornlyOn(isDead);
                            try {
                                return node.isAlive(context.spawnLinked(IDLE).pid());
                            } catch (ProcessEnded refused) {
                                return false;
                            }
                        });
        Wait.on(inside);
        node.kill(parent.pid());
        isDead.countDown();
        return Wait.of(spawned);
    }
}
