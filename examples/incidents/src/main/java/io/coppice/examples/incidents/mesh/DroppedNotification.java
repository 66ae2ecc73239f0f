package io.coppice.examples.incidents.mesh;

import static io.coppice.supervision.Child.worker;

import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Registration;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

/** A thousand workers of which a channel with room for a hundred is to tell. */
public final class DroppedNotification implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob");
    private static final int WORKERS = 1_000;
    private static final int ROOM = 100;

    @Override
    public Story story() {
        return Story.of("dropped-notification", "A dropped notification is never made up for")
                .from("G6; smg: a dropped bounded notification is never re-fired")
                .elsewhere(
                        "A channel between the workers of a node and its mesh has a bound. At a"
                                + " cold start there are more workers than room, and of those that"
                                + " do not fit nobody ever hears.")
                .here(
                        "A timer of the peer's own process has it look through the shelf of its"
                                + " node; it dies with the process, and begins anew with it. The"
                                + " registry, this program's own, needs notifications only to be"
                                + " quick.");
    }

    private static Facts facts(long known) {
        return Facts.of("workers that the other peer knows, of 1,000", known);
    }

    @Override
    public Facts right() {
        return facts(WORKERS);
    }

    @Override
    public Elsewhere elsewhere() {
        var plan = PLAN.flawed(Flaw.NO_RECONCILE);
        return Elsewhere.reenacted(Virtual.once(simulation -> play(plan, simulation)));
    }

    @Override
    public Facts here() {
        return Virtual.under(2, right(), simulation -> play(PLAN, simulation));
    }

    private static Facts play(Mesh.Plan plan, Simulation simulation) {
        var mesh = plan.start(simulation);
        for (int worker = 0; worker < WORKERS; worker++) {
            var key = "worker-" + worker;
            mesh.shelf("ann").put(key, Registration.of(Spec.of("http://ann")));
            if (worker < ROOM) {
                mesh.peer("ann").send(new Peer.Message.Noticed(key));
            }
        }
        mesh.pass(Peer.RECONCILE).rounds(2);
        return facts(mesh.look("bob").table().entries().size());
    }
}
