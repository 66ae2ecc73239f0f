package io.coppice.testkit.laws;

import io.coppice.actor.Node;
import io.coppice.testkit.Hunt;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Observation;
import io.coppice.testkit.script.Script;
import io.coppice.testkit.script.Stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The laws, on a node whose schedule is drawn: each script under some of them. */
class SimulatedNodeProperties extends LinkLaws {

    private static final int SCHEDULES = 5;

    /** Longer than the deadline of an init that hangs. */
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    @Override
    protected Node node() {
        throw new UnsupportedOperationException("every schedule has its own");
    }

    @Override
    protected List<Observation> perform(Script script) {
        var seen = new ArrayList<Observation>();
        Hunt.of(simulation -> seen.add(perform(script, simulation)))
                .withSeed(script.toString().hashCode())
                .withSchedules(SCHEDULES)
                .check();
        return seen;
    }

    private static Observation perform(Script script, Simulation simulation) {
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
