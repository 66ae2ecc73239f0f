package io.coppice.actor;

import io.coppice.process.ExitReason;

/**
 * A process driven by its messages, one at a time.
 *
 * <p>The constructor is init: it runs in the process itself, before the first message. A restart is
 * a new object from the same {@link ActorFactory}, so nothing of a crashed process survives. All
 * methods are called by the process, never by two threads at once; fields need no locks. A handler
 * may block: others run meanwhile, on a thread that takes its place.
 *
 * @param <M> the messages it understands
 */
@FunctionalInterface
public interface Actor<M> {

    /**
     * Handles one message.
     *
     * @throws Exception to crash: the process ends with {@link ExitReason.Crashed}, and those
     *     linked to it are told
     */
    void receive(M message) throws Exception;

    /**
     * The last thing an actor does when it ends by itself: a {@code stop}, a crash. Not called
     * after a kill or an exit signal, nor when the constructor failed.
     *
     * <p>A supervisor stops a child by an exit signal. So an actor that has something to tidy up
     * traps exits and ends itself when its parent tells it to:
     *
     * <pre>{@code
     * context.trapExits(Ended::new);                                  // in the constructor
     * case Ended(var exited) when exited.from() == context.parent().orElse(null) ->
     *         throw context.stop(exited.reason());                    // in receive
     * }</pre>
     *
     * @param reason why it ends
     * @throws Exception to end with {@link ExitReason.Crashed} instead of {@code reason}
     */
    default void stopped(ExitReason reason) throws Exception {}
}
