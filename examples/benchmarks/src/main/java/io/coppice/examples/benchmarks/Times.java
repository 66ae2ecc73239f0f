package io.coppice.examples.benchmarks;

import org.HdrHistogram.ConcurrentHistogram;

import java.util.Locale;

/** Durations that many threads measure, and what is said of them. */
final class Times {

    private static final double NANOS_PER_MICRO = 1e3;

    private final ConcurrentHistogram nanos = new ConcurrentHistogram(3);

    void add(long durationNanos) {
        nanos.recordValue(Math.max(0, durationNanos));
    }

    void reset() {
        nanos.reset();
    }

    long count() {
        return nanos.getTotalCount();
    }

    /** What {@code percent} of them do not exceed, in microseconds. */
    String micros(double percent) {
        return inMicros(nanos.getValueAtPercentile(percent));
    }

    String maxMicros() {
        return inMicros(nanos.getMaxValue());
    }

    private static String inMicros(long value) {
        return String.format(Locale.ROOT, "%.1f", value / NANOS_PER_MICRO);
    }
}
