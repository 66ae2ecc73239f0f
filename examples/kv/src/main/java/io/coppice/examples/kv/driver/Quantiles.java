package io.coppice.examples.kv.driver;

import java.time.Duration;
import java.util.Collection;

/**
 * Some times, in short. All 0 if there were none.
 *
 * @param count how many there were
 */
public record Quantiles(long count, long p50Nanos, long p99Nanos, long maxNanos) {

    /** Of times measured elsewhere; exact. */
    public static Quantiles of(Collection<Duration> times) {
        long[] sorted = times.stream().mapToLong(Duration::toNanos).sorted().toArray();
        if (sorted.length == 0) return new Quantiles(0, 0, 0, 0);
        return new Quantiles(
                sorted.length, at(50, sorted), at(99, sorted), sorted[sorted.length - 1]);
    }

    /** The least of the times that is no shorter than so many per cent of them. */
    private static long at(int percent, long[] sorted) {
        int rank = Math.ceilDiv(sorted.length * percent, 100);
        return sorted[Math.max(1, rank) - 1];
    }
}
