package io.coppice.examples.kv.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** Who was killed, and how long it took until the place was filled again. For any thread. */
public final class ChaosLog {

    private final Map<ChaosKind, LongAdder> kills = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> recoveries = new ConcurrentLinkedQueue<>();

    void killed(ChaosKind kind) {
        kills.computeIfAbsent(kind, none -> new LongAdder()).increment();
    }

    void recovered(ChaosKind kind, long nanos) {
        recoveries.add(nanos);
    }

    public Map<ChaosKind, Long> kills() {
        var counts = new EnumMap<ChaosKind, Long>(ChaosKind.class);
        kills.forEach((kind, count) -> counts.put(kind, count.sum()));
        return counts;
    }

    /** From each kill until the successor answered, in nanoseconds, the shortest first. */
    public LongStream recoveries() {
        return recoveries.stream().mapToLong(Long::longValue).sorted();
    }
}
