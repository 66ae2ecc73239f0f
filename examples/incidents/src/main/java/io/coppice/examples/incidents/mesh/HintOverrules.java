package io.coppice.examples.incidents.mesh;

import static io.coppice.supervision.Child.worker;

import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Status;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Workers that a node has found to be down, and others that their owner says are. */
public final class HintOverrules implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob");
    private static final List<Status> DOWN =
            List.of(Status.NOT_READY, Status.FAILED, Status.DRAINING);

    @Override
    public Story story() {
        return Story.of("hint-overrules", "Remote health overrides a local failure")
                .from("G12; smg: remote health is a hint")
                .elsewhere(
                        "The last status that was heard is the status. A node that has seen a"
                                + " worker fail is told that it is ready, and sends it work; and"
                                + " what it imports it takes to be ready.")
                .here(
                        "What a process has found out itself is its own state, which no message"
                                + " overwrites by itself. The registry, this program's own, keeps"
                                + " both and gives work to none of which either says no.");
    }

    private static Facts facts(long mended, long given) {
        return Facts.of("failures seen here that a hint has mended, of 3", mended)
                .and("workers given work though their owner says no, of 3", given);
    }

    @Override
    public Facts right() {
        return facts(0, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        var statuses = new TreeMap<String, Status>();
        DOWN.forEach(found -> statuses.put("found " + found, found));
        DOWN.forEach(found -> statuses.put("found " + found, Status.READY)); // The last is heard.
        DOWN.forEach(told -> statuses.put("told " + told, Status.READY)); // Imports are ready.
        return Elsewhere.reenacted(
                facts(
                        ready(statuses.tailMap("found", true).headMap("told")),
                        ready(statuses.tailMap("told", true))));
    }

    private static long ready(Map<String, Status> statuses) {
        return statuses.values().stream().filter(Status.READY::equals).count();
    }

    @Override
    public Facts here() {
        return Virtual.under(Virtual.SCHEDULES, right(), HintOverrules::play);
    }

    private static Facts play(Simulation simulation) {
        var mesh = PLAN.start(simulation);
        var worker = Spec.of("http://ann");
        for (var down : DOWN) {
            mesh.put("ann", "found " + down, worker.with(Status.NOT_READY));
            mesh.put("ann", "told " + down, worker.with(down));
            mesh.peer("bob").send(new Peer.Message.Judged("found " + down, down));
        }
        mesh.rounds(2);
        DOWN.forEach(down -> mesh.put("ann", "found " + down, worker)); // The hint: it is ready.
        mesh.put("ann", "fine", worker).rounds(2);
        var bob = mesh.look("bob");
        if (!bob.isRoutable("fine")) {
            throw new IllegalStateException("a worker that is ready is given no work");
        }
        return facts(
                DOWN.stream().filter(down -> bob.isRoutable("found " + down)).count(),
                DOWN.stream().filter(down -> bob.isRoutable("told " + down)).count());
    }
}
