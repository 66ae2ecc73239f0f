package io.coppice.spi;

/** Something that a {@link Scheduler} has been asked to run. */
@FunctionalInterface
public interface Task {

    /** Runs it, for a bounded while unless a handler blocks. Does not throw. */
    void run();
}
