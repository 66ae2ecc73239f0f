package io.coppice.supervision.laws;

import io.coppice.process.ExitReason;
import io.coppice.supervision.Restart;
import io.coppice.supervision.Strategy;
import io.coppice.supervision.laws.TreeScript.Move;
import io.coppice.supervision.laws.TreeScript.Part;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.util.List;

/** The laws of supervision, each script under some schedules. */
class SimulatedSupervisionProperties extends SimulatedSupervisionLaws {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void restarts_are_forgotten_when_they_are_in_the_model(@ForAll("times") TreeScript script) {
        one_thing_after_the_other_has_the_trace_of_the_model(script);
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
}
