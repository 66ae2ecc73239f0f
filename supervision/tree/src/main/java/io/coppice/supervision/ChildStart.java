package io.coppice.supervision;

import io.coppice.actor.ActorRef;

import java.util.Optional;

/**
 * The answer to a request to start a child.
 *
 * @param <M> the messages the child understands
 */
public sealed interface ChildStart<M> {

    /**
     * It runs.
     *
     * @param info what it said in {@code Context.started(info)}, if anything
     */
    record Started<M>(ActorRef<M> child, Optional<Object> info) implements ChildStart<M> {}

    /** Its init asked to be ignored: nothing runs, which is no failure. */
    record Ignored<M>() implements ChildStart<M> {}

    /** It does not run. */
    record Refused<M>(Refusal why) implements ChildStart<M> {}
}
