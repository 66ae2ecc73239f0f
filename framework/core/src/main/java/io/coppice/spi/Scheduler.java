package io.coppice.spi;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The door to threads: who runs, where, and when.
 *
 * <p>May be called from any thread, its own included. Wherever the runtime makes a thread wait, it
 * does so through this door: so a simulation can let another go on instead.
 */
public interface Scheduler extends AutoCloseable {

    /** Runs {@code task} once, soon. A task is never asked for twice before it has run. */
    void schedule(Task task);

    /** {@link #schedule}, behind everything that waits already: the task has just had its turn. */
    void yield(Task task);

    /**
     * Whether every task whose run goes on for longer than a few milliseconds is {@linkplain
     * Task#takesLong told so}, and every task that may wait for ever since no thread is left to run
     * it. Then a limit to what a run may take needs no alarm beforehand.
     */
    default boolean tellsWhatTakesLong() {
        return false;
    }

    /**
     * Runs {@code body} on a thread of its own, which may block.
     *
     * @return the thread, started
     */
    Thread start(String name, Runnable body);

    /**
     * {@link #start}, for what must be done whatever processes do: programs that compute for ever
     * must not keep it from running.
     */
    default void aside(String name, Runnable body) {
        start(name, body);
    }

    /**
     * Runs {@code action}, which must be short, when the time has come.
     *
     * @param delayNanos zero or more
     */
    Alarm after(long delayNanos, Runnable action);

    /**
     * Makes the calling thread wait for {@code result}; others do not wait for that thread
     * meanwhile.
     *
     * @param result never completed by an exception
     * @param nanos how long at most; {@link Long#MAX_VALUE} for ever
     * @throws TimeoutException if the time is over
     * @throws InterruptedException if the thread is interrupted
     */
    <T> T await(CompletableFuture<T> result, long nanos)
            throws InterruptedException, TimeoutException;

    /**
     * Makes the calling thread, one made by {@link #start}, wait until it is unparked or
     * interrupted, or until the time is over. May return for no reason.
     *
     * @param blocker what it waits for, to be seen in a dump of threads
     * @param nanos how long at most; {@link Long#MAX_VALUE} for ever
     */
    void park(Object blocker, long nanos);

    /** Ends the waiting of {@code thread} in {@link #park}, or its next one if it does not wait. */
    void unpark(Thread thread);

    /** The thread that runs code of {@code task} at this moment, if one does. */
    Optional<Thread> threadOf(Task task);

    /** Interrupts the thread that runs code of {@code task} at this moment, if one does. */
    void interrupt(Task task);

    /** Interrupts {@code thread}, one made by {@link #start}. */
    void interrupt(Thread thread);

    /** The calling thread can only go on when others have: lets them. */
    void giveWay();

    /**
     * The calling thread is about to do something that others can see, and holds no lock: a
     * simulation may let others go first.
     */
    default void beforeAct() {}

    /**
     * The calling thread is in the middle of an act, holds no lock, and a signal of it is about to
     * take effect: a simulation may let others go first, but must let the act be done in the end.
     */
    default void beforeSignal() {}

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
