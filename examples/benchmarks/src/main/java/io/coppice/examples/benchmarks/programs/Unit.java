package io.coppice.examples.benchmarks.programs;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** In what the outcome of a workload is told. */
public enum Unit {
    MILLIONS("M/s", true, Score::millions),
    MILLIS("ms", false, Score::millisPerLap),
    MICROS_AT_50("us at p50", false, score -> score.p50Nanos() / 1e3),
    MICROS_AT_99("us at p99", false, score -> score.p99Nanos() / 1e3),
    BYTES("bytes each", false, Score::retainedPerOperation);

    public final String words;

    /** Whether more of it is better. */
    public final boolean isGain;

    private final ToDoubleFunction<Score> figure;

    Unit(String words, boolean isGain, ToDoubleFunction<Score> figure) {
        this.words = words;
        this.isGain = isGain;
        this.figure = figure;
    }

    public double of(Score score) {
        return figure.applyAsDouble(score);
    }

    /** {@code figure} with about three digits. */
    public static String plain(double figure) {
        int digits = figure >= 100 ? 0 : figure >= 10 ? 1 : figure >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", figure);
    }
}
