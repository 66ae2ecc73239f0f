package io.coppice.examples.kv.driver;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Numbers for people, the same in every country. */
final class Printed {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private Printed() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 request}, {@code 2,000 requests}. */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** About three digits and a unit. */
    static String time(long nanos) {
        if (nanos < NANOS_PER_MILLI) return format(nanos / 1e3, "us");
        if (nanos < NANOS_PER_SECOND) return format(nanos / NANOS_PER_MILLI, "ms");
        return format(nanos / NANOS_PER_SECOND, "s");
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }

    static String perSecond(long number, Duration duration) {
        return count(Math.round(number * NANOS_PER_SECOND / Math.max(1, duration.toNanos())));
    }

    static String quantiles(Quantiles times) {
        if (times.count() == 0) return "none";
        return "p50 %-9s p99 %-9s max %s"
                .formatted(time(times.p50Nanos()), time(times.p99Nanos()), time(times.maxNanos()));
    }

    /** {@code 12: connection 4, shard 8}, in the order of the names. */
    static String kills(Map<String, Long> byKind) {
        long all = byKind.values().stream().mapToLong(Long::longValue).sum();
        if (all == 0) return "none";
        return new TreeMap<>(byKind)
                .entrySet().stream()
                        .map(kind -> kind.getKey() + " " + count(kind.getValue()))
                        .collect(Collectors.joining(", ", count(all) + ": ", ""));
    }

    private static String format(double value, String unit) {
        int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, unit);
    }
}
