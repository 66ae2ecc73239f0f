package io.coppice.actor;

import io.coppice.process.ExitReason;

/** What became of an {@link ActorRef#offer(Object) offered} message. */
public sealed interface Offer {

    /** It is in the mailbox. It will be handled, or dropped for a reason that is counted. */
    record Accepted() implements Offer {}

    /** The mailbox is full: try again later. */
    record Full(int capacity) implements Offer {}

    /**
     * The process has ended, and no message will ever reach it; or the sender has.
     *
     * @param reason why it ended
     */
    record Closed(ExitReason reason) implements Offer {}

    /**
     * Nobody has the name that it was sent to: not started yet, or being restarted. A process that
     * has not been opened yet does accept.
     */
    record NotOpen() implements Offer {}

    /** The node, or the part of it that is asked, stops and takes nothing from outside any more. */
    record Gated() implements Offer {}

    /** {@link Accepted}. */
    Offer ACCEPTED = new Accepted();

    /** {@link NotOpen}. */
    Offer NOT_OPEN = new NotOpen();

    /** {@link Gated}. */
    Offer GATED = new Gated();

    /** Whether this is {@link Accepted}. */
    default boolean isAccepted() {
        return this instanceof Accepted;
    }
}
