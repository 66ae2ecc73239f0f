package io.coppice.examples.incidents.mesh;

import static java.time.Duration.ofSeconds;

import io.coppice.examples.incidents.mesh.kit.Flaw;
import io.coppice.examples.incidents.mesh.kit.Mesh;
import io.coppice.examples.incidents.mesh.kit.Spec;
import io.coppice.examples.incidents.mesh.kit.Wire;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Keys that are deleted while one peer is away for longer than anybody waits. */
public final class BackAfterThePartition implements Incident {

    private static final Mesh.Plan PLAN = Mesh.Plan.of("ann", "bob", "cid", "dan");
    private static final int STEPS = 30;
    private static final int WALKS = 8;

    @Override
    public Story story() {
        return Story.of(
                        "back-after-the-partition",
                        "A deleted key comes back after a long partition")
                .from("G8; smg: time-based tombstone GC, wired and un-wired as unsound")
                .elsewhere(
                        "A deletion is remembered for some time. Whoever was away for longer still"
                                + " has the key, and hands it on to those who have forgotten that"
                                + " it was deleted.")
                .here(
                        "Silence is no death: a monitor tells of those, so a peer that is not"
                                + " heard is waited for. The registry, this program's own, forgets"
                                + " a deletion when all others have it, in the lives they are in"
                                + " now; tried with walks of partitions, losses and crashes.");
    }

    private static Facts facts(boolean back, boolean forgotten, long missing) {
        return Facts.of("a deleted key comes back", back)
                .and("all deletions are forgotten in the end", forgotten)
                .and("keys that are missing at a peer", missing);
    }

    @Override
    public Facts right() {
        return facts(false, true, 0);
    }

    @Override
    public Elsewhere elsewhere() {
        var plan = PLAN.flawed(Flaw.FORGETS_BY_TIME);
        return Elsewhere.reenacted(Virtual.once(simulation -> new Walk(plan, simulation).away()));
    }

    @Override
    public Facts here() {
        return Stream.of(
                        Virtual.once(simulation -> new Walk(PLAN, simulation).away()),
                        Virtual.once(simulation -> new Walk(PLAN, simulation).reborn()),
                        Virtual.under(WALKS, right(), it -> new Walk(PLAN, it).atRandom()))
                .filter(facts -> !facts.equals(right()))
                .findFirst()
                .orElse(right());
    }

    /** What happens to a mesh, and who finds what meanwhile. */
    private static final class Walk {
        private final Mesh mesh;
        private final Simulation simulation;
        private final Set<String> alive = new TreeSet<>();
        private final Set<String> deleted = new TreeSet<>();

        /** Who has found a key, in its present life, as {@code dan ann-1}. */
        private final Set<String> found = new TreeSet<>();

        /** Who has found it, and then not any more. */
        private final Set<String> gone = new TreeSet<>();

        private boolean back;
        private int keys;

        Walk(Mesh.Plan plan, Simulation simulation) {
            this.mesh = plan.start(simulation);
            this.simulation = simulation;
        }

        /** One is away while a key is deleted; later another one begins anew. */
        Facts away() {
            put("ann");
            mesh.rounds(3);
            look();
            mesh.part("dan");
            delete(0);
            mesh.rounds(100);
            look();
            mesh.heal().rounds(3);
            crash("bob");
            mesh.rounds(5);
            look();
            return end();
        }

        /** While the owner is cut off all others die, one by one, and hand the key on. */
        Facts reborn() {
            put("ann");
            mesh.rounds(3).part("ann");
            delete(0);
            for (var node : List.of("bob", "cid", "dan")) {
                crash(node);
                mesh.rounds(5);
            }
            look();
            return end();
        }

        Facts atRandom() {
            for (int step = 0; step < STEPS; step++) {
                switch (oneOf(8)) {
                    case 0, 1 -> put(someone());
                    case 2, 3 -> delete(oneOf(8));
                    case 4 -> mesh.part(someone());
                    case 5 -> mesh.heal();
                    case 6 -> crash(someone());
                    default -> mesh.weather(new Wire.Weather(oneOf(50), 20, ofSeconds(oneOf(9))));
                }
                mesh.rounds(1 + oneOf(40));
                look();
            }
            return end();
        }

        private int oneOf(int count) {
            return (int) (simulation.node().chance().nextDouble() * count);
        }

        private String someone() {
            return mesh.nodes().get(oneOf(mesh.nodes().size()));
        }

        /** A new life has seen nothing yet, and may well hear of a key before its deletion. */
        private void crash(String node) {
            found.removeIf(seen -> seen.startsWith(node));
            gone.removeIf(seen -> seen.startsWith(node));
            mesh.crash(node);
        }

        private void put(String node) {
            var key = node + "-" + keys++;
            alive.add(key);
            mesh.put(node, key, Spec.of("http://" + key));
        }

        private void delete(int index) {
            alive.stream()
                    .skip(index)
                    .findFirst()
                    .ifPresent(
                            key -> {
                                alive.remove(key);
                                deleted.add(key);
                                mesh.remove(key.substring(0, key.indexOf('-')), key);
                            });
        }

        private void look() {
            for (var node : mesh.nodes()) {
                var table = mesh.look(node).table();
                alive.stream()
                        .filter(key -> table.find(key).isPresent())
                        .forEach(key -> found.add(node + " " + key));
                deleted.forEach(key -> look(node + " " + key, table.find(key).isPresent()));
            }
        }

        private void look(String seen, boolean isThere) {
            if (isThere) {
                back |= gone.contains(seen);
                found.add(seen);
            } else if (found.contains(seen)) {
                gone.add(seen);
            }
        }

        private Facts end() {
            mesh.weather(Wire.Weather.FAIR).heal().rounds(60);
            boolean forgotten = true;
            long missing = 0;
            for (var node : mesh.nodes()) {
                var table = mesh.look(node).table();
                back |= deleted.stream().anyMatch(key -> table.find(key).isPresent());
                forgotten &= table.tombstones() == 0;
                missing += alive.stream().filter(key -> table.find(key).isEmpty()).count();
            }
            return facts(back, forgotten, missing);
        }
    }
}
