package io.coppice.internal.run;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** How many there are of something, for those who wait until there is none. */
final class Countdown {

    private final AtomicInteger count = new AtomicInteger();
    private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0) {
            tellNone();
        }
    }

    private void tellNone() {
        for (var one = waiting.poll(); one != null; one = waiting.poll()) {
            one.complete(null);
        }
    }

    /** Completes at a moment at which there is none. */
    CompletableFuture<Void> none() {
        var none = new CompletableFuture<Void>();
        waiting.add(none);
        if (count.get() == 0) {
            tellNone(); // whoever leaves last after this look sees who waits
        }
        return none;
    }
}
