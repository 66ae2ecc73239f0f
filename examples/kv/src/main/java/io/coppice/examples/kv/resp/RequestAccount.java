package io.coppice.examples.kv.resp;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the requests of one client take, from their first bytes until they are answered. For the
 * thread of the channel.
 */
final class RequestAccount {

    private final RequestMemory memory;
    private final long longestRequestBytes;
    private final Deque<Long> unanswered = new ArrayDeque<>(0);
    private long receivingBytes;
    private boolean closed;

    RequestAccount(RequestMemory memory, long longestRequestBytes) {
        this.memory = memory;
        this.longestRequestBytes = longestRequestBytes;
    }

    enum Verdict {
        GRANTED,
        REQUEST_TOO_LONG,
        OUT_OF_MEMORY
    }

    /** Takes more for the request that is being received. */
    Verdict take(long bytes) {
        if (receivingBytes + bytes > longestRequestBytes) {
            return Verdict.REQUEST_TOO_LONG;
        }
        if (!memory.take(bytes)) {
            return Verdict.OUT_OF_MEMORY;
        }
        receivingBytes += bytes;
        return Verdict.GRANTED;
    }

    /** The request has been received, and is passed on. */
    void received() {
        unanswered.add(receivingBytes);
        receivingBytes = 0;
    }

    /** The request that is being received will not be passed on. */
    void dropped() {
        memory.giveBack(receivingBytes);
        receivingBytes = 0;
    }

    /** The oldest request has been answered. */
    void answered() {
        Long bytes = unanswered.poll();
        if (bytes != null) {
            memory.giveBack(bytes);
        }
    }

    /** Nothing will be answered any more. */
    void close() {
        if (!closed) {
            closed = true;
            dropped();
            unanswered.forEach(memory::giveBack);
            unanswered.clear();
        }
    }
}
