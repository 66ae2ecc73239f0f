package io.coppice.actor;

import java.util.Optional;

/**
 * How the start of a process ended.
 *
 * @param <M> the messages of the process
 */
public sealed interface StartResult<M> {

    /**
     * It runs.
     *
     * @param info what it said in {@link Context#started(Object)}, if anything
     */
    record Running<M>(ActorRef<M> ref, Optional<Object> info) implements StartResult<M> {}

    /** It did not start: init failed, took too long, or asked to be ignored. */
    record Failed<M>(StartFailure failure) implements StartResult<M> {}
}
