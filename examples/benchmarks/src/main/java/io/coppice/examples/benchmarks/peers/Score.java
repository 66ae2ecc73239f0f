package io.coppice.examples.benchmarks.peers;

import java.util.Locale;

/** What a fork found: so many operations, in so much time of the clock and of the processors. */
record Score(long operations, long nanos, long cpuNanos) {

    /** Millions of operations a second. */
    double millions() {
        return operations * 1e3 / nanos;
    }

    /** Nanoseconds of a processor for one operation. */
    double cpuPerOperation() {
        return (double) cpuNanos / operations;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "score %d %d %d", operations, nanos, cpuNanos);
    }

    /**
     * @throws IllegalArgumentException if {@code line} is no score
     */
    static Score parse(String line) {
        var words = line.split(" ", -1);
        if (words.length != 4 || !words[0].equals("score")) {
            throw new IllegalArgumentException("no score: " + line);
        }
        return new Score(
                Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
}
