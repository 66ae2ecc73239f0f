package io.coppice.examples.incidents.links;

import static io.coppice.examples.incidents.stage.Victims.IDLE;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.examples.incidents.stage.Wait;
import io.coppice.process.Down;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A look at a name by one who has just heard that its holder is dead. */
public final class NameOfTheDead implements Incident {

    private static final Name<Object> DESK = Name.of("desk");
    private static final int ROUNDS = 5_000;

    @Override
    public Story story() {
        return Story.of("name-of-the-dead", "A lookup returns a process that is known to be dead")
                .from("G18, L12; gen_registry#15, syn#48, anubis-mcp#241")
                .elsewhere(
                        "The registry hears of deaths as everybody does, by a message. Whoever"
                                + " hears it first still finds the dead, and cannot register a"
                                + " successor.")
                .here(
                        "Names are freed as a part of the death, before anybody is told. In 5,000"
                                + " deaths the name is free each time.");
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
        try (var node = Node.start()) {
            var done = new CompletableFuture<Facts>();
            node.<Down>start(context -> new Watcher(context, done));
            return Wait.of(done);
        }
    }

    /** Starts a holder of the name, kills it, looks when it hears of the death, and again. */
    private static final class Watcher implements Actor<Down> {
        private final Context<Down> context;
        private final CompletableFuture<Facts> done;
        private int rounds;
        private long stale;
        private long taken;

        Watcher(Context<Down> context, CompletableFuture<Facts> done) {
            this.context = context;
            this.done = done;
            begin();
        }

        @Override
        public void receive(Down down) {
            if (context.node().registry().lookup(DESK).isPresent()) stale++;
            if (++rounds < ROUNDS) {
                begin();
            } else {
                done.complete(facts(stale, taken));
            }
        }

        private void begin() {
            try {
                var holder = context.start(IDLE, SpawnOptions.<Object>defaults().withName(DESK));
                context.monitor(holder.pid(), down -> down);
                context.kill(holder.pid());
            } catch (IllegalArgumentException | StartFailure refused) {
                taken++;
            }
        }
    }
}
