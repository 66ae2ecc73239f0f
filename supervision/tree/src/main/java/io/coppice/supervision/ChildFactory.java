package io.coppice.supervision;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;

/**
 * Makes the actor of a child that is started with an argument, commonly a constructor: {@code
 * Session::new}.
 *
 * @param <A> the argument
 * @param <M> the messages the actor understands
 */
@FunctionalInterface
public interface ChildFactory<A, M> {

    /**
     * Init, called in the new process, and again in that of each restart.
     *
     * @param context the new process's own; may be kept
     * @param argument the same for each restart
     * @throws Exception to fail the start
     */
    Actor<M> create(Context<M> context, A argument) throws Exception;
}
