package io.coppice.internal.run;

import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Where one worker without work looks for a task, and whoever comes from outside gives it one: at
 * the cost of one line of the cache, where a queue costs several.
 */
final class Handoff {

    /** No task: somebody looks for one. */
    private static final Task WANTED = () -> {};

    /** Null, {@link #WANTED}, or what has been given and not been taken yet. */
    private final AtomicReference<@Nullable Task> place = new AtomicReference<>();

    /**
     * For a worker: looks for a task from now on, until it {@link #take takes}.
     *
     * @return false if another does
     */
    boolean ask() {
        return place.compareAndSet(null, WANTED);
    }

    /** Whether somebody looks who has not been given anything yet. */
    boolean isAsked() {
        return place.get() == WANTED;
    }

    /**
     * For anybody: gives {@code task} to whoever looks.
     *
     * @return false if nobody does
     */
    boolean give(Task task) {
        return isAsked() && place.compareAndSet(WANTED, task);
    }

    /** For the one that asked: looks no more, and takes what it has been given, if anything. */
    @Nullable Task take() {
        var task = place.getAndSet(null);
        return task == WANTED ? null : task;
    }
}
