package io.coppice.spi;

/** Something that a {@link Scheduler} has been asked to run. */
@FunctionalInterface
public interface Task {

    /** Runs it, for a bounded while unless a handler blocks. Does not throw. */
    void run();

    /**
     * For a scheduler that {@linkplain Scheduler#tellsWhatTakesLong tells it}: a run has taken for
     * a few milliseconds and goes on, or the task waits and nobody can be had to run it. From any
     * thread, perhaps several times for one run, perhaps when it has just ended. Must be short, and
     * throws nothing but an {@link OutOfMemoryError}: then it is told again.
     */
    default void takesLong() {}
}
