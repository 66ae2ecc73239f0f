package io.coppice.testkit.laws;

import io.coppice.testkit.Findings;
import io.coppice.testkit.Hunt;
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
import java.util.Optional;

/**
 * One script in one run of a simulation, and a law: for the tests that broken laws print. And how
 * they print them, for laws of your own.
 */
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
        return new LawBroken(new Broken(law, how, script, seen)::text);
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

    /**
     * What a broken law says to people: what breaks it, the smallest schedule under which it does,
     * as a diagram, and a test of JUnit that repeats that.
     *
     * @param hunt its scenario fails if the law is broken, with a message that shows the script
     * @param call what the test calls, as source: the same scenario, of a {@link Simulation} called
     *     {@code simulation}
     * @return empty if the hunt finds nothing
     */
    public static Optional<String> report(Hunt hunt, String call) {
        return hunt.run().failure().map(smallest -> report(smallest, call));
    }

    private static String report(Findings.Failure smallest, String call) {
        return String.valueOf(smallest.cause().getMessage()).stripTrailing()
                + "\n"
                + schedule(smallest)
                + "\n"
                + smallest.trace().diagram().indent(4)
                + "\nThis test repeats it:\n\n"
                + test(smallest, call).indent(4);
    }

    private static String schedule(Findings.Failure smallest) {
        var schedule = smallest.replay().schedule();
        return schedule.isEmpty()
                ? "It needs no special schedule: whoever is ready first goes first.\n"
                : "Minimal schedule, first come first served but for "
                        + schedule.split(" ").length
                        + " decisions:\n";
    }

    private static String test(Findings.Failure smallest, String call) {
        return "@Simulated\n"
                + smallest.replay()
                + "\nvoid it_happens_again(Simulation simulation) {\n    "
                + call
                + ";\n}\n";
    }
}
