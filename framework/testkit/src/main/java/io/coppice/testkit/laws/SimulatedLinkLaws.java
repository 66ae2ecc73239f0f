package io.coppice.testkit.laws;

import io.coppice.actor.Node;
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
        var call = law == null ? "allow(" : "hold(Law." + law.name() + ", ";
        return SimulatedLaws.report(
                        hunt, "SimulatedLaws." + call + broken.source(12) + ", simulation)")
                .orElseGet(() -> broken.text() + "It did not happen again when it was repeated.\n");
    }
}
