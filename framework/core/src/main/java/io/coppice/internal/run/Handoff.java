package io.coppice.internal.run;

import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where one worker without work looks for a task, and others give it one: at the cost of one line
 * of the cache, where a queue costs several.
 */
abstract sealed class Handoff extends Padding {

    /** No task: somebody looks for one. */
    private static final Task WANTED = () -> {};

    private static final VarHandle PLACE;

    static {
        try {
            PLACE = MethodHandles.lookup().findVarHandle(Handoff.class, "place", Task.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null, {@link #WANTED}, or what has been given and not been taken yet. */
    private volatile @Nullable Task place;

    private Handoff() {}

    static Handoff make() {
        return new Padded();
    }

    /**
     * For a worker: looks for a task from now on, until it {@link #take takes}.
     *
     * @return false if another does
     */
    boolean ask() {
        return PLACE.compareAndSet(this, null, WANTED);
    }

    /** Whether somebody looks who has not been given anything yet. */
    boolean isAsked() {
        return place == WANTED;
    }

    /**
     * For anybody: gives {@code task} to whoever looks.
     *
     * @return false if nobody does
     */
    boolean give(Task task) {
        return isAsked() && PLACE.compareAndSet(this, WANTED, task);
    }

    /** For the one that asked: looks no more, and takes what it has been given, if anything. */
    @Nullable Task take() {
        return orNull((Task) PLACE.getAndSet(this, null));
    }

    /** What has been given and not been taken yet, if anything. */
    @Nullable Task given() {
        return orNull(place);
    }

    private static @Nullable Task orNull(@Nullable Task inPlace) {
        return inPlace == WANTED ? null : inPlace;
    }

    /**
     * For others: takes {@code task} back, for somebody else to run; who looks goes on looking.
     *
     * @return false if it has been taken
     */
    boolean takeBack(Task task) {
        return PLACE.compareAndSet(this, task, WANTED);
    }

    /** See {@link Padding}. */
    @SuppressWarnings("unused")
    private static final class Padded extends Handoff {
        private long p0, p1, p2, p3, p4, p5, p6, p7;
    }
}
