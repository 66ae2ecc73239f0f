package io.coppice.examples.benchmarks.report;

/**
 * A logarithmic axis, from {@code from} at pixel {@code start} to {@code to} at pixel {@code end}.
 */
record Axis(double from, double to, double start, double end) {

    /** Where {@code value} is; at an end, if it is beyond it. */
    double at(double value) {
        double share = Math.log(value / from) / Math.log(to / from);
        return start + Math.clamp(share, 0, 1) * (end - start);
    }

    /** The power of ten at or below {@code value}. */
    static double below(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)));
    }

    /** The power of ten at or above {@code value}. */
    static double above(double value) {
        return Math.pow(10, Math.ceil(Math.log10(value)));
    }
}
