package io.coppice.examples.incidents.mesh;

import static io.coppice.supervision.Child.worker;

import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Registration;
import io.coppice.examples.incidents.mesh.kit.Shelf;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Table;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.TreeMap;

/** A worker that is removed, whose registration is heard of afterwards. */
public final class StaleNotification implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob");
    private static final int WORKERS = 20;
    private static final int CHANGES = 60;

    @Override
    public Story story() {
        return Story.of("stale-notification", "A stale notification brings back what was removed")
                .from("G5; smg: a stale queued event resurrects a removed entry")
                .elsewhere(
                        "A notification carries the worker that it is about, and whoever hears it"
                                + " takes that in. One that is late puts a worker in that has been"
                                + " removed meanwhile.")
                .here(
                        "A message is handled by one process, when it is its turn, and that reads"
                                + " how things are then. The registry's own rule: a notification"
                                + " says which key, and nothing else; here they come doubled, in"
                                + " any order, or not at all.");
    }

    private static Facts facts(long back) {
        return Facts.of("removed workers that are back", back);
    }

    @Override
    public Facts right() {
        return facts(0).and("workers that differ from the shelf", 0);
    }

    @Override
    public Elsewhere elsewhere() {
        var shelf = new TreeMap<String, String>();
        var registry = new TreeMap<String, String>();
        Runnable registered = () -> registry.put("worker", "http://ann");
        shelf.put("worker", "http://ann");
        Runnable removed = () -> registry.remove("worker");
        shelf.remove("worker");
        removed.run(); // It has overtaken the other.
        registered.run();
        long back = registry.keySet().stream().filter(key -> !shelf.containsKey(key)).count();
        return Elsewhere.reenacted(
                facts(back)
                        .and("workers that differ from the shelf", registry.equals(shelf) ? 0 : 1));
    }

    @Override
    public Facts here() {
        return Virtual.under(Virtual.SCHEDULES, right(), StaleNotification::play);
    }

    private static Facts play(Simulation simulation) {
        var chance = simulation.node().chance();
        var mesh = PLAN.start(simulation);
        var shelf = mesh.shelf("ann");
        var told = new ArrayList<String>();
        for (int change = 0; change < CHANGES; change++) {
            var key = "worker-" + (int) (chance.nextDouble() * WORKERS);
            if (chance.nextDouble() < 0.5) {
                shelf.put(key, Registration.of(Spec.of("http://ann/" + change)));
            } else {
                shelf.remove(key);
            }
            told.add(key);
            told.add(key);
            var late = told.remove((int) (chance.nextDouble() * told.size()));
            if (chance.nextDouble() < 0.5) {
                mesh.peer("ann").send(new Peer.Message.Noticed(late));
            }
        }
        mesh.pass(Peer.RECONCILE).rounds(2);
        return compared(shelf, mesh.look("bob").table());
    }

    private static Facts compared(Shelf shelf, Table table) {
        long back = 0;
        long differ = 0;
        for (int worker = 0; worker < WORKERS; worker++) {
            var there = shelf.read("worker-" + worker).map(Registration::spec);
            var found = table.find("worker-" + worker);
            if (there.isEmpty() && found.isPresent()) back++;
            if (!there.equals(found)) differ++;
        }
        return facts(back).and("workers that differ from the shelf", differ);
    }
}
