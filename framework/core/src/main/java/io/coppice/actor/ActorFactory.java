package io.coppice.actor;

/**
 * Makes an {@link Actor}: once for its start and again for every restart.
 *
 * <p>A small actor is one line: {@code ActorFactory<String> echo = context -> message -> ...}.
 * Where a lambda is given directly, the compiler must be told the type: {@code
 * node.<String>start(context -> message -> ...)}.
 *
 * @param <M> the messages the actor understands
 */
@FunctionalInterface
public interface ActorFactory<M> {

    /**
     * Init, called in the new process.
     *
     * @param context the new process's own; may be kept
     * @throws Exception to fail the start
     */
    Actor<M> create(Context<M> context) throws Exception;
}
