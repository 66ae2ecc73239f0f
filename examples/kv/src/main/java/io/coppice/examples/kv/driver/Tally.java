package io.coppice.examples.kv.driver;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times what the clients meet; shared by all of them. */
final class Tally {

    /** How many findings, and how many failures of clients, are kept; the rest is counted. */
    private static final int MOST_KEPT = 100;

    private static final long LONGEST_NANOS = 3_600_000_000_000L;

    final LongAdder requests = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder unknown = new LongAdder();
    final LongAdder cutOff = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder broken = new LongAdder();
    final LongAdder connects = new LongAdder();
    final LongAdder connectsFailed = new LongAdder();

    private final LongAdder wrong = new LongAdder();
    private final Histogram latency = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final Histogram recovery = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final List<Finding> findings = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    void answered(long latencyNanos) {
        requests.increment();
        latency.recordValue(Math.min(latencyNanos, LONGEST_NANOS));
    }

    /** A key answered again that had not answered for so long. */
    void recovered(long nanos) {
        recovery.recordValue(Math.min(nanos, LONGEST_NANOS));
    }

    void found(Finding finding) {
        wrong.increment();
        keep(findings, finding);
    }

    /** A client failed by a mistake of its own, so its share of the record says nothing. */
    void failed(Throwable failure) {
        keep(failures, failure);
    }

    Progress progress() {
        return new Progress(
                requests.sum(),
                retries.sum(),
                unknown.sum(),
                cutOff.sum(),
                timedOut.sum(),
                broken.sum(),
                connects.sum(),
                connectsFailed.sum(),
                wrong.sum());
    }

    Quantiles latency() {
        return quantiles(latency);
    }

    Quantiles recovery() {
        return quantiles(recovery);
    }

    List<Finding> findings() {
        synchronized (findings) {
            return List.copyOf(findings);
        }
    }

    List<Throwable> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    private static Quantiles quantiles(Histogram live) {
        Histogram frozen = live.copy();
        return new Quantiles(
                frozen.getTotalCount(),
                frozen.getValueAtPercentile(50),
                frozen.getValueAtPercentile(99),
                frozen.getMaxValue());
    }

    private static <T> void keep(List<T> kept, T next) {
        synchronized (kept) {
            if (kept.size() < MOST_KEPT) kept.add(next);
        }
    }
}
