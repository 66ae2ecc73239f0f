package io.coppice.examples.benchmarks.report;

import io.coppice.examples.benchmarks.peers.Results;
import io.coppice.examples.benchmarks.programs.Unit;

import java.util.Optional;
import java.util.function.Function;

/**
 * Something we want to reach.
 *
 * @param id P1 to P15
 * @param what in words
 * @param unit of all figures; "x" for a ratio
 * @param isGain whether more is better
 * @param gate what must be reached
 * @param stretch what we would like to reach
 * @param measured what was reached, if it was measured
 */
record Target(
        String id,
        String what,
        String unit,
        boolean isGain,
        double gate,
        double stretch,
        Function<Results, Optional<Found>> measured) {

    /**
     * What was reached.
     *
     * @param remark beside whom, or in what
     */
    record Found(double figure, String remark) {}

    /** How far one has come. */
    enum Met {
        STRETCH("stretch"),
        GATE("gate"),
        NO("NO"),
        UNKNOWN("not measured");

        final String words;

        Met(String words) {
            this.words = words;
        }
    }

    /** A ratio that is to be at least {@code gate}. */
    static Target ratio(
            String id,
            String what,
            double gate,
            double stretch,
            Function<Results, Optional<Found>> measured) {
        return new Target(id, what, "x", true, gate, stretch, measured);
    }

    /** A figure that is to be at most {@code gate}. */
    static Target limit(
            String id,
            String what,
            String unit,
            double gate,
            double stretch,
            Function<Results, Optional<Found>> measured) {
        return new Target(id, what, unit, false, gate, stretch, measured);
    }

    Met met(Results results) {
        var found = measured.apply(results);
        if (found.isEmpty()) {
            return Met.UNKNOWN;
        }
        double margin = margin(found.get().figure);
        return margin >= margin(stretch) ? Met.STRETCH : margin >= margin(gate) ? Met.GATE : Met.NO;
    }

    /**
     * {@code figure} as a ratio of which more is better: itself, or how far below the gate it is.
     */
    double margin(double figure) {
        return isGain ? figure : gate / figure;
    }

    String plain(double figure) {
        return unit.equals("x") ? Unit.plain(figure) + "x" : Unit.plain(figure) + " " + unit;
    }
}
