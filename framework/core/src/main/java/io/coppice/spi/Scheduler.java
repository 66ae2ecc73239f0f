package io.coppice.spi;

import java.util.Optional;

/**
 * The door to threads: who runs, where, and when.
 *
 * <p>May be called from any thread, its own included.
 */
public interface Scheduler extends AutoCloseable {

    /** Runs {@code task} once, soon. A task is never asked for twice before it has run. */
    void schedule(Task task);

    /** {@link #schedule}, behind everything that waits already: the task has just had its turn. */
    void yield(Task task);

    /**
     * Runs {@code body} on a thread of its own, which may block.
     *
     * @return the thread, started
     */
    Thread start(String name, Runnable body);

    /**
     * Runs {@code action}, which must be short, when the time has come.
     *
     * @param delayNanos zero or more
     */
    Alarm after(long delayNanos, Runnable action);

    /** The calling thread is about to wait, for long perhaps: others should not wait for it. */
    void blocking();

    /** The thread that runs code of {@code task} at this moment, if one does. */
    Optional<Thread> threadOf(Task task);

    /** Interrupts the thread that runs code of {@code task} at this moment, if one does. */
    void interrupt(Task task);

    /** Ends the threads; what has not run yet never will. */
    @Override
    void close();

    /** What is to happen at a time. */
    @FunctionalInterface
    interface Alarm {

        /** Takes it back. Without effect when it has happened. */
        void cancel();
    }
}
