package io.coppice.examples.incidents.mesh;

import static io.coppice.supervision.Child.worker;

import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Peer;
import io.coppice.examples.incidents.mesh.kit.Registration;
import io.coppice.examples.incidents.mesh.kit.Shelf;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two hundred workers that are looked through again and again, and do not change. */
public final class ReconcileCopiesAll implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob");
    private static final int WORKERS = 200;
    private static final int PASSES = 5;

    @Override
    public Story story() {
        return Story.of("reconcile-copies-all", "A reconcile copies all values to look at keys")
                .from("G17; smg: cloned all values, scanned keys twice, first tick redundant")
                .elsewhere(
                        "Each pass looks for what is gone and for what is new, and copies all"
                                + " workers both times to see which there are. The first is made at"
                                + " the start, when there is nothing.")
                .here(
                        "The first tick of a process's timer comes after the first period, so"
                                + " nothing is done at the start. The registry, this program's own,"
                                + " looks through the keys once, and reads the workers that have"
                                + " changed.");
    }

    private static Facts facts(long reads, long scans, long atStart) {
        return Facts.of("workers read in 5 quiet passes", reads)
                .and("looks through all keys", scans)
                .and("passes at the start", atStart);
    }

    @Override
    public Facts right() {
        return facts(0, PASSES, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        var shelf = new Shelf();
        int atStart = naive(shelf, Set.of());
        var published = new TreeSet<String>();
        for (int worker = 0; worker < WORKERS; worker++) {
            shelf.put("worker-" + worker, Registration.of(Spec.of("http://ann")));
            published.add("worker-" + worker);
        }
        long reads = shelf.reads();
        long scans = shelf.scans();
        for (int pass = 0; pass < PASSES; pass++) naive(shelf, published);
        return Elsewhere.reenacted(facts(shelf.reads() - reads, shelf.scans() - scans, atStart));
    }

    private static int naive(Shelf shelf, Set<String> published) {
        var gone = new TreeSet<>(published);
        gone.removeAll(all(shelf).keySet());
        var fresh = new TreeSet<>(all(shelf).keySet());
        fresh.removeAll(published);
        return 1;
    }

    private static Map<String, Registration> all(Shelf shelf) {
        var all = new TreeMap<String, Registration>();
        shelf.scan().keySet().forEach(key -> shelf.read(key).ifPresent(it -> all.put(key, it)));
        return all;
    }

    @Override
    public Facts here() {
        return Virtual.once(ReconcileCopiesAll::play);
    }

    private static Facts play(Simulation simulation) {
        var mesh = PLAN.start(simulation);
        var shelf = mesh.shelf("ann");
        long atStart = shelf.scans();
        for (int worker = 0; worker < WORKERS; worker++) {
            shelf.put("worker-" + worker, Registration.of(Spec.of("http://ann")));
        }
        mesh.pass(Peer.RECONCILE).rounds(2);
        long reads = shelf.reads();
        long scans = shelf.scans();
        mesh.pass(Peer.RECONCILE.multipliedBy(PASSES));
        if (mesh.look("bob").table().entries().size() != WORKERS) {
            throw new IllegalStateException("the workers are not known to the other peer");
        }
        return facts(shelf.reads() - reads, shelf.scans() - scans, atStart);
    }
}
