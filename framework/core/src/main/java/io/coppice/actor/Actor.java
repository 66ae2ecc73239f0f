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
     * Called once, when this process and all that start together with it have initialised: attach
     * sources, listeners and timers here. What they bring finds everybody ready.
     *
     * <p>A process that nobody {@linkplain SpawnOptions#heldShut holds shut} opens right after its
     * init. A supervisor holds its children shut until all that depend on each other are up and it
     * is open itself; so in a tree nobody is opened before the whole tree has initialised. A child
     * or a group that is restarted is opened again, all of it new. Whoever is told to end in its
     * init, by the one that waits for that, is not opened.
     *
     * <p>Messages do not wait for this: the init of another may make a call, which is handled
     * before. Not called if init failed, nor after death.
     *
     * <p>A source that is a process, spawned here and linked, lives as long as its owner:
     *
     * {@snippet file="io/coppice/actor/OpenTest.java" region="source"}
     *
     * <p>An actor that wraps another one hands this on to it, as it does {@link #receive} and
     * {@link #stopped}.
     *
     * @throws Exception to crash, as in {@link #receive}
     */
    default void opened() throws Exception {}

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
