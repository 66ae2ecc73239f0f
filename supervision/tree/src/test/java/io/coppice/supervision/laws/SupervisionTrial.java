package io.coppice.supervision.laws;

import io.coppice.actor.Node;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries trees on a node with threads: a law finds a mutant out, or the model if the trial is called
 * {@link #OTP}. For the testkit's mutants.
 */
public final class SupervisionTrial implements Function<String, String>, AutoCloseable {

    /** The name of the trial by the model. */
    static final String OTP = "OTP";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Node node = Node.start();
    private final Optional<SupervisionLaw> law;

    /**
     * @param name of a {@link SupervisionLaw}, or {@link #OTP}
     */
    public SupervisionTrial(String name) {
        law = name.equals(OTP) ? Optional.empty() : Optional.of(SupervisionLaw.valueOf(name));
    }

    /**
     * @param text of a {@link TreeScript}
     * @return how the trial found something wrong, or an empty string
     */
    @Override
    public String apply(String text) {
        try {
            var script = TreeScript.parse(text);
            return law.map(by -> byLaw(by, script)).orElseGet(() -> byModel(script));
        } catch (RuntimeException | Error broken) {
            return "it broke down: " + broken;
        }
    }

    private Stage stage() {
        return Stage.on(node, Kind.ACTORS, PATIENCE);
    }

    private String byLaw(SupervisionLaw by, TreeScript script) {
        var how = new ArrayList<>(by.check(script, TreePlayer.play(script, stage())).violations());
        if (by == SupervisionLaw.NO_SURVIVORS) {
            how.addAll(TreePlayer.killedWhileItStops(stage()));
        }
        return String.join("; ", how);
    }

    private String byModel(TreeScript script) {
        var seen = TreePlayer.play(script, stage()).lines();
        var expected = TreeModel.trace(script);
        return seen.equals(expected)
                ? ""
                : "%s%nin OTP:%n%s%nhere:%n%s".formatted(script, expected, seen);
    }

    @Override
    public void close() {
        node.stop(Duration.ZERO);
    }
}
