package io.coppice.examples.incidents.mesh;

import static io.coppice.supervision.Child.worker;

import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Registration;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Tally;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

/** A peer that has lagged, and looks at everything once more. */
public final class ResyncRewritesAll implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob");
    private static final int WORKERS = 500;

    @Override
    public Story story() {
        return Story.of("resync-rewrites-all", "A resync rewrites what has not changed")
                .from("G7; smg#1667: every re-put invalidates the watermarks of all peers")
                .elsewhere(
                        "Whoever has missed notifications publishes all it has. Each is a new"
                                + " write with a new version, and all of it travels to all peers.")
                .here(
                        "What a process has told is its own state, which nobody else changes, so"
                                + " it can be compared. The registry, this program's own, writes"
                                + " what differs from it and nothing else.");
    }

    private static Facts facts(long unchanged, long changed) {
        return Facts.of("writes at a resync of 500 workers", unchanged)
                .and("writes if one of them has changed", changed);
    }

    @Override
    public Facts right() {
        return facts(0, 1);
    }

    @Override
    public Elsewhere elsewhere() {
        var plan = PLAN.flawed(Flaw.REWRITES_ALL);
        return Elsewhere.reenacted(Virtual.once(simulation -> play(plan, simulation)));
    }

    @Override
    public Facts here() {
        return Virtual.under(2, right(), simulation -> play(PLAN, simulation));
    }

    private static Facts play(Mesh.Plan plan, Simulation simulation) {
        var mesh = plan.start(simulation);
        for (int worker = 0; worker < WORKERS; worker++) {
            put(mesh, worker, "http://ann");
        }
        mesh.pass(Peer.RECONCILE);
        long unchanged = resync(mesh);
        put(mesh, 7, "http://ann/elsewhere");
        return facts(unchanged, resync(mesh));
    }

    private static void put(Mesh mesh, int worker, String url) {
        mesh.shelf("ann").put("worker-" + worker, Registration.of(Spec.of(url)));
    }

    private static long resync(Mesh mesh) {
        long before = mesh.look("ann").tally().of(Tally.Of.WRITTEN);
        mesh.peer("ann").send(new Peer.Message.Lagged());
        mesh.pass(Peer.RECONCILE);
        return mesh.look("ann").tally().of(Tally.Of.WRITTEN) - before;
    }
}
