package io.coppice.supervision;

import io.coppice.process.ExitReason;

import org.jspecify.annotations.Nullable;

/**
 * What became of a task.
 *
 * @param <R> what it computes
 */
public sealed interface TaskResult<R extends @Nullable Object> {

    /** It has returned {@code value}. */
    record Done<R extends @Nullable Object>(R value) implements TaskResult<R> {}

    /**
     * It has not returned, and does not run.
     *
     * @param reason {@code Crashed} with what it threw, or why it was ended: {@code Killed}, the
     *     reason of its supervisor, {@code NoProcess} if there was no supervisor. {@code Custom}
     *     with a {@link Refusal} if it was never started
     */
    record Failed<R extends @Nullable Object>(ExitReason reason) implements TaskResult<R> {}
}
