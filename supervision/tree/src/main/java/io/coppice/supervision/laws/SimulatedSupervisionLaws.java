package io.coppice.supervision.laws;

import io.coppice.actor.Node;
import io.coppice.supervision.laws.Claim.Performance;
import io.coppice.supervision.laws.Claim.Venue;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Scenario;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.laws.LawBroken;
import io.coppice.testkit.laws.SimulatedLaws;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Stage;

import java.util.ArrayList;
import java.util.List;

/**
 * The {@link SupervisionLaws} on simulated nodes: each script is performed under five schedules. A
 * law that is broken shows the smallest script found, for that the smallest schedule, as a diagram,
 * and a test of JUnit that repeats both, by one of the static methods here.
 */
public abstract class SimulatedSupervisionLaws extends SupervisionLaws {

    private static final int SCHEDULES = 5;

    /** For a class that needs no more than that. */
    protected SimulatedSupervisionLaws() {}

    /**
     * Performs {@code script} once.
     *
     * @throws LawBroken if {@code law} is broken
     */
    public static void hold(SupervisionLaw law, TreeScript script, Simulation simulation) {
        check(Claim.of(law, script), simulation);
    }

    /**
     * Performs {@code script} once, one thing after the other.
     *
     * @throws LawBroken if its trace is not that of the model
     */
    public static void allow(TreeScript script, Simulation simulation) {
        check(Claim.ofTheModel(script), simulation);
    }

    /**
     * Performs {@code script} once, in which children end, all of them at once.
     *
     * @throws LawBroken if something happens that the model does not allow; of what is too much for
     *     the model, anything may
     */
    public static void allowAtOnce(TreeScript script, Simulation simulation) {
        TreeModel.atOnce(script)
                .ifPresent(allowed -> check(Claim.atOnce(script, allowed), simulation));
    }

    /**
     * Kills a supervisor while it waits for a child to stop.
     *
     * @throws LawBroken if anybody survives it
     */
    public static void killWhileItStops(Simulation simulation) {
        check(Claim.ofOneKilledWhileItStops(), simulation);
    }

    private static void check(Claim claim, Simulation simulation) {
        var seen = perform(claim, simulation);
        if (seen.isBroken()) {
            throw new LawBroken(() -> claim.text(seen));
        }
    }

    private static Performance perform(Claim claim, Simulation simulation) {
        var stage = new Stage(simulation.node(), node -> simulation.settle(), Kind.ACTORS);
        return claim.look().apply(new Venue(stage, simulation::advance));
    }

    @Override
    protected Node node() {
        throw new UnsupportedOperationException("every schedule has its own");
    }

    @Override
    List<Performance> perform(Claim claim) {
        var seen = new ArrayList<Performance>();
        hunt(claim, simulation -> seen.add(perform(claim, simulation))).check();
        return seen;
    }

    private static Hunt hunt(Claim claim, Scenario scenario) {
        return Hunt.of(scenario).withSeed(claim.script().hashCode()).withSchedules(SCHEDULES);
    }

    @Override
    String shown(Claim claim, Performance broken) {
        return SimulatedLaws.report(
                        hunt(claim, simulation -> check(claim, simulation)),
                        "SimulatedSupervisionLaws." + claim.call("simulation"))
                .orElseGet(
                        () ->
                                claim.text(broken)
                                        + "It did not happen again when it was repeated.\n");
    }
}
