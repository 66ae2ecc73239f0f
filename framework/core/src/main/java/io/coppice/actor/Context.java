package io.coppice.actor;

import io.coppice.process.Down;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a process can do, in its own name.
 *
 * <p>Only the process itself may use its context: from its constructor, its handlers, its program.
 * {@link #self}, {@link #parent} and {@link #node} may be called from anywhere. Another thread gets
 * an {@link IllegalStateException}; a process that has been killed gets {@link ProcessEnded},
 * whatever it tries.
 *
 * @param <M> the messages of the process
 */
public interface Context<M> extends Spawner {

    /** The address of this process. */
    ActorRef<M> self();

    /** The process that created this one, if a process did. */
    Optional<Pid> parent();

    /** The node on which this process runs. */
    Node node();

    // Links

    /**
     * Links this process and {@code peer}: when one ends, the other gets an exit signal with the
     * same reason. Linking twice is linking once; linking itself does nothing.
     *
     * @throws NoSuchProcess if {@code peer} is gone and this process does not trap exits; if it
     *     does, an {@link Exited} with {@code NoProcess} arrives
     */
    void link(Pid peer);

    /**
     * Ends a link, whichever side made it. Of that link no exit is heard from now on; one that
     * already waits in the mailbox stays.
     */
    void unlink(Pid peer);

    /**
     * {@link #unlink}, and takes the first {@link Exited} from {@code peer} out of the mailbox.
     *
     * @return whether there was one
     */
    boolean unlinkAndFlush(Pid peer);

    /**
     * From now on exit signals arrive as messages instead of ending this process. Only a kill still
     * does.
     *
     * @param news makes the message; called when its turn comes, in this process
     * @return whether exits were trapped before
     */
    boolean trapExits(Function<? super Exited, ? extends M> news);

    /**
     * From now on exit signals end this process again. News that already waits is still delivered.
     *
     * @return whether exits were trapped before
     */
    boolean stopTrappingExits();

    // Monitors

    /**
     * Asks to be told when {@code target} ends: one message per call, at once if it is gone. Does
     * nothing to {@code target}. A monitor of oneself never fires.
     *
     * @param news makes the message; called when its turn comes, in this process
     */
    MonitorRef monitor(Pid target, Function<? super Down, ? extends M> news);

    /** {@link #monitor(Pid, Function)} of the process that has {@code name} now. */
    MonitorRef monitor(Name<?> name, Function<? super Down, ? extends M> news);

    /**
     * Takes a monitor back. News that already waits in the mailbox stays.
     *
     * @return whether it was still to fire
     * @throws IllegalArgumentException if {@code monitor} is not of this process
     */
    boolean demonitor(MonitorRef monitor);

    /** {@link #demonitor}, and takes its news out of the mailbox. */
    boolean demonitorAndFlush(MonitorRef monitor);

    // Ends

    /**
     * Sends an exit signal to any process, oneself included. A process that does not trap exits
     * ends with {@code reason}, unless that is {@code Normal} and comes from another process. No
     * effect on a process that is gone.
     */
    void exit(Pid target, ExitReason reason);

    /** Ends {@code target} now, trapping or not, running or not, with {@code Killed}. */
    void kill(Pid target);

    /**
     * Ends this process. Never returns; {@code throw context.stop(reason)} tells the compiler so.
     *
     * <p>Inside init it fails the start with {@code reason}.
     */
    ProcessEnded stop(ExitReason reason);

    // Starting

    /**
     * Inside init: says that there is nothing to run. The start fails with {@link
     * StartFailure.Ignored}, the process ends with {@code Normal}. Never returns.
     */
    ProcessEnded ignore();

    /**
     * Inside the constructor of an actor: init goes on when the constructor has returned, until
     * {@link #started()}. Messages are handled meanwhile.
     */
    void holdStart();

    /** Init is done. Without effect when it was done before. */
    void started();

    /** {@link #started()}, with something for {@link StartResult.Running#info()}. */
    void started(Object info);

    // Children

    /** Creates a process that is linked to this one before it first runs. */
    <C> ActorRef<C> spawnLinked(ActorFactory<C> factory, SpawnOptions<C> options);

    /** Creates a process that is linked to this one before it first runs. */
    <C> ActorRef<C> spawnLinked(Program<C> program, SpawnOptions<C> options);

    /** {@link #spawnLinked(ActorFactory, SpawnOptions)} with the defaults. */
    default <C> ActorRef<C> spawnLinked(ActorFactory<C> factory) {
        return spawnLinked(factory, SpawnOptions.defaults());
    }

    /** {@link #spawnLinked(Program, SpawnOptions)} with the defaults. */
    default <C> ActorRef<C> spawnLinked(Program<C> program) {
        return spawnLinked(program, SpawnOptions.defaults());
    }

    /** Creates a process that is monitored by this one before it first runs. */
    <C> Monitored<C> spawnMonitored(
            ActorFactory<C> factory,
            SpawnOptions<C> options,
            Function<? super Down, ? extends M> news);

    /** Creates a process that is monitored by this one before it first runs. */
    <C> Monitored<C> spawnMonitored(
            Program<C> program, SpawnOptions<C> options, Function<? super Down, ? extends M> news);

    /** Creates a process both linked to and monitored by this one before it first runs. */
    <C> Monitored<C> spawnLinkedAndMonitored(
            ActorFactory<C> factory,
            SpawnOptions<C> options,
            Function<? super Down, ? extends M> news);

    /**
     * Creates a linked process and waits for its init.
     *
     * @throws StartFailure if init failed, took too long or asked to be ignored; the link is gone
     *     then, and no exit of the process is heard
     */
    <C> ActorRef<C> startLinked(ActorFactory<C> factory, SpawnOptions<C> options);

    /** As {@link #startLinked(ActorFactory, SpawnOptions)}. */
    <C> ActorRef<C> startLinked(Program<C> program, SpawnOptions<C> options);

    /**
     * Creates a linked process and does not wait: how its init ended arrives as a message.
     *
     * @param done makes the message; called when its turn comes, in this process
     * @return the address of the process, whose init has not ended yet
     */
    <C> ActorRef<C> startLinked(
            ActorFactory<C> factory,
            SpawnOptions<C> options,
            Function<? super StartResult<C>, ? extends M> done);

    /** As {@link #startLinked(ActorFactory, SpawnOptions, Function)}. */
    <C> ActorRef<C> startLinked(
            Program<C> program,
            SpawnOptions<C> options,
            Function<? super StartResult<C>, ? extends M> done);

    /**
     * Opens a child that was created {@linkplain SpawnOptions#heldShut held shut}: it runs {@link
     * Actor#opened()}, in order with its messages; {@link Inbox#awaitOpened()} returns. If its init
     * is not done yet, it opens then. No effect on a child that is open, or gone.
     *
     * @throws IllegalArgumentException if {@code child} is the child of another process
     */
    void open(Pid child);

    // Requests and timers

    /**
     * Sends a request; what becomes of it arrives as a message, exactly once.
     *
     * @param request makes the message for {@code target}, given the address of the answer
     * @param timeout greater than zero
     * @param done makes the message for this process; called when its turn comes, in this process
     */
    <T, R> void request(
            ActorRef<T> target,
            Function<ReplyTo<R>, ? extends T> request,
            Duration timeout,
            Function<? super Answer<R>, ? extends M> done);

    /** The timers of this process. */
    Timers<M> timers();

    /**
     * Has {@code child} finish what it, and all that it has created, has accepted: from now on they
     * take nothing from outside of themselves, while they go on sending to each other. News of the
     * system, timers for instance, is not kept out, nor waited for before it is there.
     *
     * @param child created with {@link SpawnOptions#drainable()}
     * @param done makes the message that nothing accepted is left; called when its turn comes, in
     *     this process
     * @throws IllegalArgumentException if {@code child} is not drainable
     */
    void drain(Pid child, Supplier<? extends M> done);

    // To be seen

    /**
     * Lets everybody see {@code status}, by {@link Node#status}, without asking this process. Takes
     * the place of what was published before; gone when this process ends.
     *
     * @param status an immutable value, or one that others may read at any time
     */
    void publish(Object status);

    /**
     * Closes {@code resource} when this process ends, however it ends, so that what blocks on it
     * wakes up: so give it the socket or the channel, and not only a reader around it, whose close
     * waits for its own blocked read. Closed in reverse order, on threads of its own; after 100 ms
     * the next is closed, too. It is kept until then, so this is for what the process keeps, not
     * for what it opens and closes with every message.
     *
     * @return {@code resource}
     */
    <R extends AutoCloseable> R own(R resource);
}
