package io.coppice.testkit.laws;

import io.coppice.testkit.Simulation;
import io.coppice.testkit.laws.LawBroken.Broken;
import io.coppice.testkit.model.Model;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;
import io.coppice.testkit.script.Stage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** One script in one run of a simulation, and a law: for the tests that broken laws print. */
public final class SimulatedLaws {

    /** Longer than the deadline of an init that hangs. */
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private static final Model MODEL = new Model(100_000);

    private SimulatedLaws() {}

    /**
     * Performs {@code script} once.
     *
     * @throws LawBroken if {@code law} is broken
     */
    public static void hold(Law law, Script script, Simulation simulation) {
        var seen = perform(script, simulation);
        var violations = law.check(script, seen).violations();
        if (!violations.isEmpty()) {
            throw broken(law, violations, script, seen);
        }
    }

    /**
     * Performs {@code script} once.
     *
     * @throws LawBroken if something happens that the model does not allow
     */
    public static void allow(Script script, Simulation simulation) {
        var seen = perform(script, simulation);
        if (MODEL.allows(script, seen.outcome()) == Model.Answer.FORBIDDEN) {
            throw broken(null, List.of(), script, seen);
        }
    }

    private static LawBroken broken(
            @Nullable Law law, List<String> how, Script script, Observation seen) {
        return new LawBroken(new Broken(law, how, script, seen), Broken::text);
    }

    /** Performs {@code script} with processes of both kinds, and tells what was seen. */
    public static Observation perform(Script script, Simulation simulation) {
        return new Stage(
                        simulation.node(),
                        node -> {
                            simulation.settle();
                            simulation.advance(A_WHILE);
                        },
                        Kind.BOTH)
                .perform(script);
    }
}
