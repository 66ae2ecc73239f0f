package io.coppice.testkit.mutants;

import io.coppice.testkit.Hunt;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.laws.Law;
import io.coppice.testkit.model.Model;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;
import io.coppice.testkit.script.Stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** As {@link LawTrial}, but each script under some schedules of a simulation. */
public final class SimulatedTrial implements Function<String, String>, AutoCloseable {

    private static final int SCHEDULES = 20;
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private final Model model = new Model(20_000);
    private final String law;

    /**
     * @param law as for {@link LawTrial}
     */
    public SimulatedTrial(String law) {
        this.law = law;
    }

    @Override
    public String apply(String text) {
        var script = Script.parse(text);
        var verdicts = new ArrayList<String>();
        try {
            Hunt.of(simulation -> verdicts.addAll(tried(script, simulation)))
                    .withSeed(text.hashCode())
                    .withSchedules(SCHEDULES)
                    .check();
        } catch (RuntimeException | Error broken) {
            return "it broke down: " + broken;
        }
        return verdicts.isEmpty() ? "" : verdicts.getFirst();
    }

    private List<String> tried(Script script, Simulation simulation) {
        var stage =
                new Stage(
                        simulation.node(),
                        node -> {
                            simulation.settle();
                            simulation.advance(A_WHILE);
                        },
                        Kind.ACTORS);
        var seen = stage.perform(script);
        return law.startsWith(LawTrial.MODEL) ? byModel(script, seen) : byLaw(script, seen);
    }

    private List<String> byLaw(Script script, Observation seen) {
        return Law.valueOf(law).check(script, seen).violations();
    }

    private List<String> byModel(Script script, Observation seen) {
        return model.allows(script, seen.outcome()) == Model.Answer.FORBIDDEN
                ? List.of("the model does not allow " + seen.outcome())
                : seen.irregularities();
    }

    @Override
    public void close() {}
}
