package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Victims.IDLE;

import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Puppet;
import io.coppice.examples.incidents.stage.Story;

import java.util.HashMap;
import java.util.Map;

/** A look at a name by one who has just heard that its holder is dead. */
public final class NameOfTheDead implements Incident {

    private static final Name<Object> DESK = Name.of("desk");
    private static final int ROUNDS = 200;
    private static final int MONITORS = 100;

    @Override
    public Story story() {
        return Story.of("name-of-the-dead", "A lookup returns a process that is known to be dead")
                .from("G18, L12; gen_registry#15, syn#48, anubis-mcp#241")
                .elsewhere(
                        "The registry hears of deaths as everybody does, by a message. Whoever"
                                + " hears it first still finds the dead, and cannot register a"
                                + " successor.")
                .here(
                        "Names are freed as a part of the death, before anybody is told. In 200"
                                + " deaths it is looked up a hundred times each, and is free.");
    }

    private static Facts facts(long stale, long taken) {
        return Facts.of("lookups that returned the dead", stale)
                .and("successors refused the name", taken);
    }

    @Override
    public Facts right() {
        return facts(0, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        Map<String, String> registry = new HashMap<>(Map.of("desk", "the dead"));
        // The death is told to the watcher and to the registry; the watcher runs first.
        long stale = registry.containsKey("desk") ? 1 : 0;
        long taken = registry.putIfAbsent("desk", "the successor") == null ? 0 : 1;
        registry.remove("desk", "the dead"); // Now the registry runs.
        return Elsewhere.reenacted(facts(stale, taken));
    }

    @Override
    public Facts here() throws InterruptedException {
        long stale = 0;
        long taken = 0;
        try (var node = Node.start()) {
            var watcher = Puppet.start(node);
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    stale += staleLookups(node, watcher);
                } catch (IllegalArgumentException | StartFailure refused) {
                    taken++;
                }
            }
        }
        return facts(stale, taken);
    }

    /** Each time it is told of the death, the watcher looks, while others are still to be told. */
    private static long staleLookups(Node node, Puppet watcher) throws InterruptedException {
        var holder = node.start(IDLE, SpawnOptions.<Object>defaults().withName(DESK)).pid();
        var registry = node.registry();
        watcher.does(
                context -> {
                    for (int i = 0; i < MONITORS; i++) {
                        context.monitor(holder, down -> registry.lookup(DESK).isPresent());
                    }
                    return true;
                });
        node.kill(holder);
        long stale = 0;
        for (int i = 0; i < MONITORS; i++) {
            if (watcher.hears().equals(true)) stale++;
        }
        return stale;
    }
}
