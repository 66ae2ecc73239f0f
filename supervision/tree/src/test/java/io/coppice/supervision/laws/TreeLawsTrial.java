package io.coppice.supervision.laws;

import io.coppice.testkit.Faults.KillAt;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.laws.LawBroken;

import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Holds the tree of {@link TreeLawsTest} to one of its laws, and tells what breaks that. */
public final class TreeLawsTrial extends TreeLaws implements Function<String, String> {

    static final String UNDISTURBED = "undisturbed";
    static final String AT_REST = "at rest";
    static final String AT_ANY_STEP = "at any step";
    static final String AT_ANY_MOMENT = "at any moment";

    @Override
    protected Run run(Simulation simulation) {
        return TreeLawsTest::tree;
    }

    @Override
    public String apply(String law) {
        try {
            switch (law) {
                case UNDISTURBED -> without_a_kill_all_run();
                case AT_REST ->
                        who_is_killed_at_rest_is_started_again_with_those_whom_the_strategies_name();
                case AT_ANY_STEP -> whoever_is_killed_at_any_step_the_tree_is_whole();
                default -> kills_at_any_moment();
            }
            return "";
        } catch (LawBroken broken) {
            return broken.getMessage();
        }
    }

    /** As the property does it. */
    private void kills_at_any_moment() {
        var random = new Random(1);
        for (long seed = 0; seed < 1_000; seed++) {
            var first = new KillAt("a", random.nextInt(200));
            strike(List.of(first, new KillAt("b", first.step() + random.nextInt(60))), seed);
        }
    }
}
