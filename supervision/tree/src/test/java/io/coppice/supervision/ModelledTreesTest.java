package io.coppice.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.Node;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.script.Kind;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Trees of production on nodes, held to the testkit's model: equal, or among what it allows. */
class ModelledTreesTest {

    private static final int TRIES = Integer.getInteger("laws.tries", 200);
    private static final int AT_ONCE = TRIES / 4; // the model looks at every order
    private static final int SCHEDULES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @BeforeAll
    static void nobody_reads_of_a_thousand_failures() {
        SupervisionTrial.beQuiet(true);
    }

    @AfterAll
    static void others_do() {
        SupervisionTrial.beQuiet(false);
    }

    @Test
    void one_thing_after_the_other_has_the_trace_that_it_has_in_the_model() {
        for (long seed = 0; seed < TRIES; seed++) {
            var script = TreeScript.ofAnything(seed);
            Simulation.check(
                    SCHEDULES,
                    simulation -> {
                        var segments =
                                NodeStage.play(
                                        script, simulation.node(), node -> simulation.settle());
                        assertThat(SupervisionTrial.byOtp(script, segments)).isEmpty();
                    });
        }
    }

    @Test
    void restarts_are_forgotten_when_they_are_in_the_model() {
        for (long seed = 0; seed < TRIES; seed++) {
            var script = TreeScript.ofTime(seed);
            Simulation.check(
                    1,
                    simulation -> {
                        var segments =
                                NodeStage.play(
                                        script,
                                        simulation.node(),
                                        node -> simulation.settle(),
                                        simulation::advance);
                        assertThat(SupervisionTrial.byOtp(script, segments)).isEmpty();
                    });
        }
    }

    /** On threads, and in simulations. */
    @Test
    void what_happens_at_once_has_a_trace_that_the_model_allows() {
        int several = 0;
        try (var node = Node.start()) {
            for (long seed = 0; seed < AT_ONCE; seed++) {
                var script = TreeScript.ofEndsAtOnce(seed, 2);
                var allowed = allowed(script);
                if (allowed.isPresent()) {
                    several += allowed.get().size() > 1 ? 1 : 0;
                    hold(script, allowed.get());
                    hold(script, allowed.get(), node);
                }
            }
        }
        assertThat(several).as("scripts with more than one way").isGreaterThan(AT_ONCE / 2);
    }

    /** Empty if the supervisor does not even start, or if it is too much to look at. */
    private static Optional<Set<List<String>>> allowed(TreeScript script) {
        var model = new OtpModel(script.tree(id -> Trees.UNUSED), script.world());
        model.init();
        return model.isOver ? Optional.empty() : model.atOnce(script.moves());
    }

    private static void hold(TreeScript script, Set<List<String>> allowed) {
        Simulation.check(
                SCHEDULES,
                simulation -> {
                    var seen =
                            NodeStage.playAtOnce(
                                    script, simulation.node(), node -> simulation.settle());
                    assertThat(allowed).as(script.toString()).contains(seen);
                });
    }

    private static void hold(TreeScript script, Set<List<String>> allowed, Node node) {
        var settle = io.coppice.testkit.script.Stage.on(node, Kind.ACTORS, PATIENCE).settle();
        assertThat(allowed)
                .as(script.toString())
                .contains(NodeStage.playAtOnce(script, node, settle));
    }
}
