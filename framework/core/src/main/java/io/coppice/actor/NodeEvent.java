package io.coppice.actor;

import io.coppice.process.Pid;

import java.util.Optional;

/** Something that a node tells its {@link NodeOptions#listeners() listeners}. */
public sealed interface NodeEvent {

    /**
     * A message will not be handled.
     *
     * @param message the message; for news of the system, what it is about
     * @param to for whom it was: a process, or a name that nobody has
     * @param from the process that sent it, if one did
     * @param why its fate, as counted in {@link Fates}
     */
    record DeadLetter(Object message, String to, Optional<Pid> from, Fates.Loss why)
            implements NodeEvent {}

    /**
     * Many messages wait in a mailbox. Logged as well, under {@code io.coppice.mailbox}, every ten
     * seconds at most for one mailbox.
     *
     * @param waiting how many do
     */
    record HighWater(Pid process, int waiting, MailboxBound bound) implements NodeEvent {}
}
