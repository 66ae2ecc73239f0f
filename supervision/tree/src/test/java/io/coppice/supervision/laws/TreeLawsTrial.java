package io.coppice.supervision.laws;

import io.coppice.testkit.Faults.KillAt;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.laws.LawBroken;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Holds the tree of {@link TreeLawsTest} to its laws, and tells what breaks the first. */
public final class TreeLawsTrial extends TreeLaws implements Supplier<String> {

    @Override
    protected Run run(Simulation simulation) {
        return TreeLawsTest::tree;
    }

    @Override
    public String get() {
        return Stream.<Runnable>of(
                        this::without_a_kill_all_run,
                        this
                                ::who_is_killed_at_rest_is_started_again_with_those_whom_the_strategies_name,
                        this::whoever_is_killed_at_any_step_the_tree_is_whole,
                        this::kills_at_any_moment)
                .map(TreeLawsTrial::told)
                .filter(told -> !told.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** As the property does it. */
    private void kills_at_any_moment() {
        var random = new Random(1);
        for (long seed = 0; seed < 1_000; seed++) {
            var first = new KillAt("a", random.nextInt(200));
            strike(List.of(first, new KillAt("b", first.step() + random.nextInt(60))), seed);
        }
    }

    private static String told(Runnable law) {
        try {
            law.run();
            return "";
        } catch (LawBroken broken) {
            return broken.getMessage();
        }
    }
}
