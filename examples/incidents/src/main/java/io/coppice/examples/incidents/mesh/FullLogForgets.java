package io.coppice.examples.incidents.mesh;

import static io.coppice.supervision.Child.worker;

import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Tally;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.List;
import java.util.stream.IntStream;

/** A registry that is full, while one of its peers is away. */
public final class FullLogForgets implements Incident {

    private static final int LIMIT = 20;
    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob", "cid").limited(LIMIT);

    @Override
    public Story story() {
        return Story.of("full-log-forgets", "A full log forgets deletions first")
                .from("G9; smg: the valve of the op log drops the oldest, tombstones included")
                .elsewhere(
                        "What is too much is dropped, the oldest first. Among it is a deletion of"
                                + " which one peer has not heard, and which it never hears of.")
                .here(
                        "A bound refuses what is new, as that of a mailbox does, and does not take"
                                + " away what was accepted. So does the registry, this program's"
                                + " own: it holds back workers of its own node, says so, and"
                                + " publishes them when there is room.");
    }

    private static Facts facts(long found, boolean heldBack, long later) {
        return Facts.of("peers that find a deleted key", found)
                .and("what is too much is held back and counted", heldBack)
                .and("new workers known to all in the end", later);
    }

    @Override
    public Facts right() {
        return facts(0, true, LIMIT);
    }

    @Override
    public Elsewhere elsewhere() {
        var plan = PLAN.flawed(List.of("ann"), Flaw.DROPS_OLDEST);
        return Elsewhere.reenacted(Virtual.once(simulation -> play(plan, simulation)));
    }

    @Override
    public Facts here() {
        return Virtual.under(Virtual.SCHEDULES, right(), simulation -> play(PLAN, simulation));
    }

    private static Facts play(Mesh.Plan plan, Simulation simulation) {
        var mesh = plan.start(simulation).put("ann", "old", Spec.of("http://ann")).rounds(2);
        mesh.part("cid").remove("ann", "old");
        for (int worker = 0; worker < LIMIT; worker++) {
            mesh.put("ann", "new-" + worker, Spec.of("http://ann"));
        }
        mesh.pass(Peer.RECONCILE.multipliedBy(2));
        boolean heldBack = mesh.look("ann").tally().of(Tally.Of.HELD_BACK) > 0;
        mesh.heal().pass(Peer.RECONCILE.multipliedBy(2));
        long later = IntStream.range(0, LIMIT).filter(it -> isKnown(mesh, "new-" + it)).count();
        return facts(finding(mesh, "old"), heldBack, later);
    }

    private static boolean isKnown(Mesh mesh, String key) {
        return finding(mesh, key) == mesh.nodes().size();
    }

    private static long finding(Mesh mesh, String key) {
        return mesh.nodes().stream()
                .filter(node -> mesh.look(node).table().find(key).isPresent())
                .count();
    }
}
