package io.coppice.examples.incidents.mesh;

import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.TreeMap;

/** A node that crashes three hundred times. */
public final class IdsOfOldLives implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob");
    private static final int CRASHES = 300;

    @Override
    public Story story() {
        return Story.of("ids-of-old-lives", "A restart leaves the old id behind")
                .from("G11; smg: a crash-restart orphans old ids")
                .elsewhere(
                        "A worker gets a new id at each start. The one that it had before belongs"
                                + " to nobody now, and stays.")
                .here(
                        "A supervisor restarts the peer in its place and under its name, and a"
                                + " process never comes back as another one's. The registry, this"
                                + " program's own, names a key by node and name, and counts lives"
                                + " beside it: the next one takes the slot over.");
    }

    private static Facts facts(long keys) {
        return Facts.of("entries after 300 restarts", keys);
    }

    @Override
    public Facts right() {
        return facts(1);
    }

    @Override
    public Elsewhere elsewhere() {
        var registry = new TreeMap<String, String>();
        for (int life = 0; life <= CRASHES; life++) {
            registry.put("worker-" + life, "http://ann");
        }
        return Elsewhere.reenacted(facts(registry.size()));
    }

    @Override
    public Facts here() {
        return Virtual.once(IdsOfOldLives::play);
    }

    private static Facts play(Simulation simulation) {
        var mesh = PLAN.start(simulation).put("ann", "worker", Spec.of("http://ann"));
        for (int crash = 0; crash < CRASHES; crash++) {
            mesh.crash("ann").notify("ann", "worker").rounds(3);
        }
        mesh.rounds(3);
        return facts(mesh.look("bob").table().entries().size());
    }
}
