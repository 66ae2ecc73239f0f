package io.coppice.actor;

import java.util.Optional;

/**
 * The names of a node. A name belongs to one process, a process has at most one name, and the name
 * is free before anybody hears of the process's death.
 */
public interface Registry {

    /**
     * Gives {@code name} to a process.
     *
     * @throws IllegalArgumentException if the name is taken, the process has a name already, or it
     *     is gone
     */
    <M> void register(Name<M> name, ActorRef<M> process);

    /**
     * Takes {@code name} back.
     *
     * @throws IllegalArgumentException if nobody has it
     */
    void unregister(Name<?> name);

    /** The process that has {@code name} now. */
    <M> Optional<ActorRef<M>> lookup(Name<M> name);

    /**
     * An address that finds, at each use, the process that has {@code name} at that moment, and so
     * survives its restarts. What is sent while nobody has the name is lost and counted, unless it
     * is {@link #hold held}.
     */
    <M> ActorRef<M> ref(Name<M> name);

    /**
     * From now on what is sent to {@code name} while nobody has it waits for the next process that
     * takes it, which gets it before anything else that is sent to the name. Of requests, those
     * whose time is not over. The first to ask for it decides on the capacity.
     *
     * <p>Only what was sent after the end of the process that had the name waits: what was in its
     * mailbox is lost with it.
     *
     * @param capacity how many messages may wait, 1 or more; one too many is refused, {@link
     *     Offer.Full}
     */
    void hold(Name<?> name, int capacity);
}
