package io.coppice.testkit.mutants;

import io.coppice.actor.Node;
import io.coppice.testkit.laws.Law;
import io.coppice.testkit.model.Model;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;
import io.coppice.testkit.script.Stage;

import java.time.Duration;
import java.util.function.Function;

/**
 * Tries scripts on a node with threads: a law finds a mutant out, or the model if the name of the
 * trial begins with {@link #MODEL}. For {@link Inquest}.
 */
public final class LawTrial implements Function<String, String>, AutoCloseable {

    /** The name of the trial by the model. */
    public static final String MODEL = "MODEL";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Node node = Node.start();
    private final Model model = new Model(20_000);
    private final String law;

    /**
     * @param law the name of a {@link Law}, or what begins with {@link #MODEL}
     */
    public LawTrial(String law) {
        this.law = law;
    }

    @Override
    public String apply(String text) {
        var script = Script.parse(text);
        for (var kind : Kind.values()) {
            var verdict = tried(script, kind);
            if (!verdict.isEmpty()) {
                return verdict;
            }
        }
        return "";
    }

    private String tried(Script script, Kind kind) {
        try {
            var seen = Stage.on(node, kind, PATIENCE).perform(script);
            return law.startsWith(MODEL) ? byModel(script, seen) : byLaw(script, seen);
        } catch (RuntimeException | Error broken) {
            return "it broke down: " + broken;
        }
    }

    private String byLaw(Script script, Observation seen) {
        return String.join("; ", Law.valueOf(law).check(script, seen).violations());
    }

    private String byModel(Script script, Observation seen) {
        return model.allows(script, seen.outcome()) == Model.Answer.FORBIDDEN
                ? "the model does not allow " + seen.outcome()
                : String.join("; ", seen.irregularities());
    }

    @Override
    public void close() {
        node.stop(Duration.ZERO);
    }
}
