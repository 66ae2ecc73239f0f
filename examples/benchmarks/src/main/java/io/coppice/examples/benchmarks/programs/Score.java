package io.coppice.examples.benchmarks.programs;

import java.util.Arrays;
import java.util.Locale;

/**
 * What was found in one JVM.
 *
 * @param operations how many were done
 * @param nanos how long they took, by the clock
 * @param cpuNanos how long, by the processors
 * @param allocatedBytes what was allocated meanwhile, 0 if nobody knows
 * @param laps how often the program ran
 * @param p50Nanos what half of the durations that it took down do not exceed, 0 if it took none
 * @param p99Nanos what 99 of 100 do not exceed
 * @param retainedBytes what is kept for as long as all that it started is alive, 0 if not weighed
 */
public record Score(
        long operations,
        long nanos,
        long cpuNanos,
        long allocatedBytes,
        long laps,
        long p50Nanos,
        long p99Nanos,
        long retainedBytes) {

    private static final int FIGURES = 8;

    /** Millions of operations a second. */
    public double millions() {
        return operations * 1e3 / nanos;
    }

    /** Nanoseconds of the clock for one operation. */
    public double nanosPerOperation() {
        return (double) nanos / operations;
    }

    /** Milliseconds for one run. */
    public double millisPerLap() {
        return nanos / 1e6 / laps;
    }

    /** Nanoseconds of a processor for one operation. */
    public double cpuPerOperation() {
        return (double) cpuNanos / operations;
    }

    /** Bytes allocated for one operation. */
    public double bytesPerOperation() {
        return (double) allocatedBytes / operations;
    }

    /** Bytes kept for one operation. */
    public double retainedPerOperation() {
        return (double) retainedBytes / operations;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "score %d %d %d %d %d %d %d %d",
                operations,
                nanos,
                cpuNanos,
                allocatedBytes,
                laps,
                p50Nanos,
                p99Nanos,
                retainedBytes);
    }

    /**
     * @throws IllegalArgumentException if {@code line} is no score
     */
    public static Score parse(String line) {
        var words = line.split(" ", -1);
        if (words.length != FIGURES + 1 || !words[0].equals("score")) {
            throw new IllegalArgumentException("no score: " + line);
        }
        var it = Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
        return new Score(it[0], it[1], it[2], it[3], it[4], it[5], it[6], it[7]);
    }
}
