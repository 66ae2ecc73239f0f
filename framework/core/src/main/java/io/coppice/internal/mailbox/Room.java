package io.coppice.internal.mailbox;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many messages wait in one mailbox, how many may, and the senders that wait until there is
 * room. Only messages take room: news of the system must get in whatever happens.
 */
public final class Room {

    private static final VarHandle WAITING;
    private static final VarHandle ALARMED;

    static {
        try {
            var lookup = MethodHandles.lookup();
            WAITING = lookup.findVarHandle(Room.class, "waiting", int.class);
            ALARMED = lookup.findVarHandle(Room.class, "alarmed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int capacity;
    private final int highWater;
    private volatile int waiting;

    /** Whether somebody has been told that the mark was reached, and it has not gone down since. */
    @SuppressWarnings("unused") // through ALARMED
    private volatile boolean alarmed;

    /** When people were last told; before that, long ago. */
    private final AtomicLong saidAtNanos = new AtomicLong(Long.MIN_VALUE);

    /** Bounded by the number of threads: each waits in one line at most. */
    private final Queue<CompletableFuture<Boolean>> line = new ConcurrentLinkedQueue<>();

    /**
     * @param capacity how many messages may wait
     * @param highWater how many must wait before somebody should know
     */
    public Room(int capacity, int highWater) {
        this.capacity = capacity;
        this.highWater = highWater;
    }

    public int capacity() {
        return capacity;
    }

    /** How many messages wait, at this moment. */
    public int waiting() {
        return waiting;
    }

    /** Takes room for one message, if there is some. */
    public boolean take() {
        for (int seen = waiting; seen < capacity; seen = waiting) {
            if (WAITING.compareAndSet(this, seen, seen + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Takes room for one message, and more than there is if need be. */
    public void takeAnyway() {
        WAITING.getAndAdd(this, 1);
    }

    /** A message waits no longer; whoever waits for room is woken. */
    public void free() {
        int left = (int) WAITING.getAndAdd(this, -1) - 1;
        if (alarmed && left <= highWater / 2) {
            alarmed = false;
        }
        wakeOne();
    }

    /** Whether the high-water mark has been reached just now, and it is the caller's to say so. */
    public boolean isNewlyHigh() {
        return waiting >= highWater && !alarmed && ALARMED.compareAndSet(this, false, true);
    }

    /** Whether people have not been told for so long, and it is the caller's to tell them. */
    public boolean isToSay(long nowNanos, long everyNanos) {
        long last = saidAtNanos.get();
        return (last == Long.MIN_VALUE || nowNanos - last >= everyNanos)
                && saidAtNanos.compareAndSet(last, nowNanos);
    }

    /** Gets in line for room. To be looked for once more after this: it may be there by now. */
    public CompletableFuture<Boolean> queueUp() {
        var place = new CompletableFuture<Boolean>();
        line.add(place);
        return place;
    }

    /** Leaves the line; a call that came meanwhile is passed on. */
    public void leave(CompletableFuture<Boolean> place) {
        if (!line.remove(place) && waiting < capacity) {
            wakeOne();
        }
    }

    private void wakeOne() {
        var next = line.poll();
        if (next != null) {
            next.complete(true);
        }
    }

    /** There will be no more room: all who wait must look for themselves. */
    public void wakeAll() {
        for (var next = line.poll(); next != null; next = line.poll()) {
            next.complete(true);
        }
    }
}
