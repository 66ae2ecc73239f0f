package io.coppice.actor;

import io.coppice.process.ExitReason;

import java.time.Duration;

/**
 * What became of a {@link Context#request request}.
 *
 * @param <R> what was asked for
 */
public sealed interface Answer<R> {

    /** The answer. */
    record Received<R>(R value) implements Answer<R> {}

    /** There was none within {@code timeout}; a later one is dropped. */
    record TimedOut<R>(Duration timeout) implements Answer<R> {}

    /** The process asked has ended, or was gone already: whether it did the work is unknown. */
    record Ended<R>(ExitReason reason) implements Answer<R> {}

    /** The request was not taken: the mailbox was full, or gated. No work was done. */
    record Refused<R>(Offer offer) implements Answer<R> {}
}
