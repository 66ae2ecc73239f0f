package io.coppice.examples.incidents.mesh;

import static java.time.Duration.ofSeconds;

import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Tally;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

/** Five peers among which nothing happens for half an hour. */
public final class ImportsPublishedAgain implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob", "cid", "dan", "eve");
    private static final int SECONDS = 2_000;

    @Override
    public Story story() {
        return Story.of("imports-published-again", "Imports are published again, for ever")
                .from("G4; smg: naive publishing would re-publish imports")
                .elsewhere(
                        "What a node has imported is a change of its table, and changes are"
                                + " published: as its own, with a new version, which is a change"
                                + " for all others.")
                .here(
                        "The peer is one process with two kinds of knowledge, and only one of them"
                            + " comes from the shelf of its node. The registry, this program's own,"
                            + " passes imports on as they came: same owner, same version.");
    }

    private static Facts facts(long written) {
        return Facts.of("writes by 5 quiet peers in 2,000 s", written);
    }

    @Override
    public Facts right() {
        return facts(0);
    }

    @Override
    public Elsewhere elsewhere() {
        var plan = PLAN.flawed(Flaw.ANYBODY_WRITES, Flaw.REPUBLISHES_IMPORTS);
        return Elsewhere.reenacted(Virtual.once(simulation -> play(plan, simulation)));
    }

    @Override
    public Facts here() {
        return Virtual.once(simulation -> play(PLAN, simulation));
    }

    private static Facts play(Mesh.Plan plan, Simulation simulation) {
        var mesh = plan.start(simulation).put("ann", "worker", Spec.of("http://ann")).rounds(3);
        long before = written(mesh);
        mesh.pass(ofSeconds(SECONDS));
        return facts(written(mesh) - before);
    }

    private static long written(Mesh mesh) {
        return mesh.nodes().stream()
                .mapToLong(node -> mesh.look(node).tally().of(Tally.Of.WRITTEN))
                .sum();
    }
}
