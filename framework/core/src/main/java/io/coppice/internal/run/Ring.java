package io.coppice.internal.run;

import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A bounded queue of tasks: one thread puts in, any thread takes out, in order.
 *
 * @see <a
 *     href="https://docs.google.com/document/d/1TTj4T2JO42uD5ID9e89oa0sLKhJYD0Y_kqxDv3I3XMw">Go's
 *     scheduler design</a>, whose local run queues work this way
 */
abstract sealed class Ring extends Padding {

    private static final int CAPACITY = 256;
    private static final int MASK = CAPACITY - 1;
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;
    private static final VarHandle TASKS = MethodHandles.arrayElementVarHandle(Task[].class);

    static {
        try {
            var lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(Ring.class, "head", int.class);
            TAIL = lookup.findVarHandle(Ring.class, "tail", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Task[] tasks = new Task[CAPACITY];

    @SuppressWarnings("unused") // through HEAD
    private int head;

    private int tail;

    private Ring() {}

    static Ring make() {
        return new Padded();
    }

    /**
     * For the owner.
     *
     * @return false if it is full
     */
    boolean offer(Task task) {
        int at = tail;
        if (at - (int) HEAD.getAcquire(this) == CAPACITY) {
            return false;
        }
        TASKS.setOpaque(tasks, at & MASK, task);
        TAIL.setRelease(this, at + 1);
        return true;
    }

    /** For anybody: the task that waits longest, or null. */
    @Nullable Task poll() {
        while (true) {
            int at = (int) HEAD.getAcquire(this);
            if (at == (int) TAIL.getAcquire(this)) {
                return null;
            }
            // If the owner has meanwhile gone round and overwritten this place, head has moved.
            var task = (Task) TASKS.getOpaque(tasks, at & MASK);
            if (HEAD.compareAndSet(this, at, at + 1)) {
                return task;
            }
        }
    }

    /** How many wait, at some moment. */
    int size() {
        int at = (int) HEAD.getAcquire(this);
        return Math.max(0, (int) TAIL.getAcquire(this) - at);
    }

    /** See {@link Padding}. */
    @SuppressWarnings("unused")
    private static final class Padded extends Ring {
        private long p0, p1, p2, p3, p4, p5, p6, p7;
    }
}
