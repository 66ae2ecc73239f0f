package io.coppice.examples.kv.server;

import io.coppice.supervision.TreeEvent;
import io.coppice.supervision.TreeEvent.ChildStarted;
import io.coppice.supervision.TreeListener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often parts of the tree were started again. For any thread. */
final class Census implements TreeListener {

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final LongAdder restarts = new LongAdder();

    @Override
    public void on(TreeEvent event) {
        if (event instanceof ChildStarted started
                && !started.path().equals(KvTree.EACH_CONNECTION)
                && !known.add(started.path())) {
            restarts.increment();
        }
    }

    /** How many starts were not the first of their part, whatever led to them. */
    long restarts() {
        return restarts.sum();
    }
}
