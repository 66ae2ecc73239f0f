package io.coppice.examples.incidents.mesh;

import io.coppice.examples.incidents.mesh.kit.Entry;
import io.coppice.examples.incidents.mesh.kit.Entry.State.Deleted;
import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Frame;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Owner;
import io.coppice.examples.incidents.mesh.kit.Packet;
import io.coppice.examples.incidents.mesh.kit.Slot;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Version;
import io.coppice.examples.incidents.mesh.kit.Wire;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.List;
import java.util.Map;

/** A deletion by one who may not, which peers that do not look at owners have taken. */
public final class ForeignDelete implements Incident {

    private static final Mesh.Plan PLAN =
            Mesh.Plan.of("ann", "bob", "cid").flawed(List.of("bob", "cid"), Flaw.ANYBODY_WRITES);

    @Override
    public Story story() {
        return Story.of("foreign-delete", "A foreign delete of an owned key spreads")
                .from("G3; smg: a foreign tombstone is refused where it does not matter any more")
                .elsewhere(
                        "The owner refuses to delete its own entry. But the deletion has passed"
                                + " through the others, where the entry stays away.")
                .here(
                        "The peers that took the deletion are broken here, too. But one process"
                                + " writes the slot, so it knows at once that this was not its"
                                + " word; the registry, this program's own, then writes the entry"
                                + " anew, later than the deletion.");
    }

    private static Facts facts(long found) {
        return Facts.of("peers that find it two rounds later, of 3", found);
    }

    @Override
    public Facts right() {
        return facts(3);
    }

    @Override
    public Elsewhere elsewhere() {
        var plan = PLAN.flawed(List.of("ann"), Flaw.SILENT_REFUSAL);
        return Elsewhere.reenacted(Virtual.once(simulation -> play(plan, simulation)));
    }

    @Override
    public Facts here() {
        return Virtual.under(Virtual.SCHEDULES, right(), simulation -> play(PLAN, simulation));
    }

    private static Facts play(Mesh.Plan plan, Simulation simulation) {
        var mesh = plan.start(simulation).put("ann", "worker", Spec.of("http://ann")).rounds(2);
        var deletion =
                new Entry(new Slot("worker", "ann"), new Version(1, 99, "bob"), 1, new Deleted());
        for (var to : mesh.nodes()) {
            var packet =
                    new Packet(
                            new Owner("bob", 1),
                            new Owner(to, 1),
                            Map.of(),
                            0,
                            List.of(deletion),
                            List.of());
            mesh.wire().send(new Wire.Message.Deliver(to, Frame.of(packet)));
        }
        mesh.rounds(2);
        return facts(
                mesh.nodes().stream()
                        .filter(node -> mesh.look(node).table().find("worker").isPresent())
                        .count());
    }
}
