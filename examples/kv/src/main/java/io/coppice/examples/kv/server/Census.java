package io.coppice.examples.kv.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each part of the tree has been started. Outlives all of them; for any thread. */
public final class Census {

    private final Map<String, LongAdder> starts = new ConcurrentHashMap<>();

    /** The process called {@code id} has started. */
    void started(String id) {
        starts.computeIfAbsent(id, none -> new LongAdder()).increment();
    }

    /** How often {@code id} has been started after its first start. */
    public long restarts(String id) {
        var count = starts.get(id);
        return count == null ? 0 : Math.max(0, count.sum() - 1);
    }

    /** How often {@code id} has been started. */
    public long starts(String id) {
        var count = starts.get(id);
        return count == null ? 0 : count.sum();
    }
}
