package io.coppice.supervision.laws;

import static io.coppice.supervision.Child.worker;

import io.coppice.actor.Actor;
import io.coppice.supervision.Child;
import io.coppice.supervision.Supervisor;
import io.coppice.supervision.jqwik.Trees;
import io.coppice.testkit.Faults;
import io.coppice.testkit.Hunt;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.Random;

/** Trees of any shape keep the laws, whoever is killed: so the laws ask for nothing untrue. */
class TreeLawsProperties {

    private static Child<Object> idle(String id) {
        return worker(id, context -> (Actor<Object>) message -> {});
    }

    /** Some budgets are 0, some children significant. */
    @Provide
    Arbitrary<Supervisor> flat() {
        return Trees.flat(TreeLawsProperties::idle);
    }

    @Provide
    Arbitrary<Supervisor> nested() {
        return Trees.nested(3, TreeLawsProperties::idle);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void flat_trees(@ForAll("flat") Supervisor tree, @ForAll Random random) {
        keep(tree, random);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void nested_trees(@ForAll("nested") Supervisor tree, @ForAll Random random) {
        keep(tree, random);
    }

    private static void keep(Supervisor tree, Random random) {
        var paths = Member.root(tree).paths();
        var path = paths.get(random.nextInt(paths.size()));
        Hunt.of(simulation -> new TreeInspection(() -> tree, simulation).killAtRest(path))
                .withSeed(random.nextLong())
                .withSchedules(2)
                .check();

        var faults = Faults.none();
        for (int i = 0; i <= random.nextInt(3); i++) {
            var victim = paths.get(random.nextInt(paths.size()));
            var label = victim.substring(victim.lastIndexOf('/') + 1);
            faults = faults.killAt(label, random.nextInt(100));
        }
        var kills = faults;
        Hunt.of(
                        simulation -> {
                            simulation.faults(kills);
                            new TreeInspection(() -> tree, simulation).survive(kills);
                        })
                .withSeed(random.nextLong())
                .withSchedules(5)
                .check();
    }
}
