package io.coppice.examples.incidents.mesh;

import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Frame;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Wire;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.Optional;

/** Two peers that take one name at the same time, on two sides of a partition. */
public final class EqualTimes implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob", "cid");
    private static final Spec ANNS = Spec.of("http://ann");

    @Override
    public Story story() {
        return Story.of("equal-times", "Equal times of two replicas hide one write")
                .from("G16; smg#1586, #1592: watermarks without the replica")
                .elsewhere(
                        "A peer notes what others have by the time of the write. Two wrote at the"
                                + " same time; of one of them it is noted that all have it, and it"
                                + " is never sent.")
                .here(
                        "No two processes are taken for each other: an identity is never used"
                                + " twice. The registry, this program's own, does the same with"
                                + " writes: a version is life, time and replica, all three are"
                                + " compared, and all three are what is acknowledged.");
    }

    private static Facts facts(long agree, long holders) {
        return Facts.of("peers that agree on the earlier one, of 3", agree)
                .and("nodes that hold the name", holders);
    }

    @Override
    public Facts right() {
        return facts(3, 1);
    }

    @Override
    public Elsewhere elsewhere() {
        var plan = PLAN.flawed(Flaw.ACKS_BY_TIME);
        return Elsewhere.reenacted(Virtual.once(simulation -> play(plan, simulation)));
    }

    @Override
    public Facts here() {
        return Virtual.under(Virtual.SCHEDULES, right(), simulation -> play(PLAN, simulation));
    }

    private static Facts play(Mesh.Plan plan, Simulation simulation) {
        var sent = new ArrayList<Frame>();
        var mesh = plan.tapped(sent::add).start(simulation).part("ann");
        mesh.put("ann", "worker", ANNS).put("bob", "worker", Spec.of("http://bob")).rounds(3);
        // What the others have told ann meanwhile was only late.
        sent.forEach(frame -> mesh.wire().send(new Wire.Message.Deliver("ann", frame)));
        mesh.heal().pass(Peer.RECONCILE).rounds(3);
        long agree =
                mesh.nodes().stream()
                        .filter(
                                it ->
                                        mesh.look(it)
                                                .table()
                                                .find("worker")
                                                .equals(Optional.of(ANNS)))
                        .count();
        long holders =
                mesh.nodes().stream()
                        .filter(it -> mesh.shelf(it).read("worker").isPresent())
                        .count();
        return facts(agree, holders);
    }
}
