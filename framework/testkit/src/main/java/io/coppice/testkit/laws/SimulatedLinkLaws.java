package io.coppice.testkit.laws;

import io.coppice.actor.Node;
import io.coppice.testkit.Findings;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Scenario;
import io.coppice.testkit.laws.LawBroken.Broken;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;

import java.util.ArrayList;
import java.util.List;

/**
 * The {@link LinkLaws} on simulated nodes: each script is performed under some schedules. A law
 * that is broken shows the shortest script found, for that the smallest schedule, as a diagram, and
 * a test of JUnit that repeats both.
 */
public abstract class SimulatedLinkLaws extends LinkLaws {

    private static final int SCHEDULES = 5;

    /** For a class that needs no more than that. */
    protected SimulatedLinkLaws() {}

    @Override
    protected Node node() {
        throw new UnsupportedOperationException("every schedule has its own");
    }

    @Override
    protected List<Observation> perform(Script script) {
        var seen = new ArrayList<Observation>();
        hunt(script, simulation -> seen.add(SimulatedLaws.perform(script, simulation))).check();
        return seen;
    }

    private static Hunt hunt(Script script, Scenario scenario) {
        return Hunt.of(scenario).withSeed(script.toString().hashCode()).withSchedules(SCHEDULES);
    }

    @Override
    String shown(Broken broken) {
        var law = broken.law();
        var script = broken.script();
        var hunt =
                hunt(
                        script,
                        law == null
                                ? simulation -> SimulatedLaws.allow(script, simulation)
                                : simulation -> SimulatedLaws.hold(law, script, simulation));
        return hunt.run()
                .failure()
                .map(failure -> shown(broken, failure))
                .orElseGet(() -> broken.text() + "It did not happen again when it was repeated.\n");
    }

    private static String shown(Broken broken, Findings.Failure smallest) {
        return String.valueOf(smallest.cause().getMessage()).stripTrailing()
                + "\n"
                + schedule(smallest)
                + "\n"
                + smallest.trace().diagram().indent(4)
                + "\nThis test repeats it:\n\n"
                + test(broken, smallest).indent(4);
    }

    private static String schedule(Findings.Failure smallest) {
        var schedule = smallest.replay().schedule();
        return schedule.isEmpty()
                ? "It needs no special schedule: whoever is ready first goes first.\n"
                : "Minimal schedule, first come first served but for "
                        + schedule.split(" ").length
                        + " decisions:\n";
    }

    private static String test(Broken broken, Findings.Failure smallest) {
        var law = broken.law();
        return "@Simulated\n"
                + smallest.replay()
                + "\nvoid it_happens_again(Simulation simulation) {\n    SimulatedLaws."
                + (law == null ? "allow(" : "hold(Law." + law.name() + ", ")
                + broken.source(12)
                + ", simulation);\n}\n";
    }
}
