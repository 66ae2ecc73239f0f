package io.coppice.examples.kv.resp;

import java.util.concurrent.atomic.AtomicLong;

/** How much the requests of all clients take, against how much they may. For any thread. */
final class RequestMemory {

    private final long limitBytes;
    private final AtomicLong takenBytes = new AtomicLong();

    RequestMemory(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes so much, unless it is more than is left. */
    boolean take(long bytes) {
        long taken = takenBytes.addAndGet(bytes);
        if (taken > limitBytes) {
            takenBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        takenBytes.addAndGet(-bytes);
    }

    long takenBytes() {
        return takenBytes.get();
    }
}
