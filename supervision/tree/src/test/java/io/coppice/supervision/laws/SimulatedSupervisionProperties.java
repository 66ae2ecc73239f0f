package io.coppice.supervision.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.actor.Node;
import io.coppice.process.ExitReason;
import io.coppice.supervision.Restart;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.laws.TreeScript.Move;
import io.coppice.supervision.laws.TreeScript.Part;
import io.coppice.testkit.Simulation;
import io.coppice.testkit.script.Kind;
import io.coppice.testkit.script.Stage;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The laws of supervision, each script under some schedules. */
class SimulatedSupervisionProperties extends SupervisionLaws {

    private static final int SCHEDULES = 5;

    @Override
    protected Node node() {
        throw new UnsupportedOperationException("every schedule has its own");
    }

    @Override
    protected <T> List<T> onStages(Function<Stage, T> play) {
        return simulated(SCHEDULES, play);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void restarts_are_forgotten_when_they_are_in_the_model(@ForAll("times") TreeScript script) {
        var expected = TreeModel.trace(script);
        Simulation.check(
                1,
                simulation -> {
                    var stage =
                            new Stage(simulation.node(), node -> simulation.settle(), Kind.ACTORS);
                    var seen = TreePlayer.play(script, stage, simulation::advance);
                    assertThat(seen.lines()).isEqualTo(expected);
                });
    }

    /** Two children end again and again, and time passes. */
    @Provide
    Arbitrary<TreeScript> times() {
        var end =
                Arbitraries.of("a", "b")
                        .<Move>map(id -> new Move.End(id, ExitReason.custom("boom")));
        var sleep = Arbitraries.longs().between(0, 3).<Move>map(Move.Sleep::new);
        var parts =
                List.of(
                        new Part("a", Restart.PERMANENT, List.of()),
                        new Part("b", Restart.PERMANENT, List.of()));
        return Combinators.combine(
                        Arbitraries.of(Strategy.class),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.oneOf(end, sleep).list().ofMinSize(2).ofMaxSize(14))
                .as(
                        (strategy, intensity, period, moves) ->
                                new TreeScript(
                                        strategy,
                                        intensity,
                                        Duration.ofSeconds(period),
                                        parts,
                                        moves));
    }

    @BeforeContainer
    static void nobody_reads_of_a_thousand_failures() {
        Log.beQuiet(true);
    }

    @AfterContainer
    static void others_do() {
        Log.beQuiet(false);
    }
}
