package io.coppice.actor;

import java.util.Map;

/**
 * What became of the messages of a node. When nothing is under way, {@code accepted = handled + the
 * sum of dropped}; refused messages were never accepted.
 *
 * @param accepted messages taken into a mailbox
 * @param handled messages given to an actor or taken by a program
 * @param dropped messages taken into a mailbox and not handled, by reason
 * @param refused messages not taken into a mailbox, and acts of the dead, by reason
 */
public record Fates(
        long accepted, long handled, Map<Dropped, Long> dropped, Map<Refused, Long> refused) {

    /**
     * Whether every accepted message had been handled or dropped at a moment while this was read:
     * then no process was running or had anything to do. The first step of a process counts as a
     * message, and so does its opening when that is a step of its own.
     */
    public boolean isBalanced() {
        return underWay() == 0;
    }

    /** How many accepted messages have no fate yet: they wait, or are being handled. */
    public long underWay() {
        return accepted - handled - dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Why a message was not handled. */
    public sealed interface Loss {}

    /** Why an accepted message was not handled. */
    public enum Dropped implements Loss {
        /** The process ended before the message's turn came. */
        RECEIVER_ENDED,
        /** The sender had been killed when it sent. */
        SENDER_ENDED,
        /** The message was taken back: a cancelled timer, a flushed exit. */
        TAKEN_BACK,
        /** The mailbox was full, and a newer message took its place. */
        PUSHED_OUT,
        /** It was held for a name, and nobody took that in time. */
        NEVER_CLAIMED
    }

    /** Why a message, or an act in the name of a process, was not accepted. */
    public enum Refused implements Loss {
        /** The receiver was dead. */
        RECEIVER_DEAD,
        /** The sender of a reply had been killed. */
        SENDER_DEAD,
        /**
         * The code of a process that had ended tried to act: to link, monitor, spawn, register,
         * call, set a timer, send an exit or a kill. No message, so this alone counts acts.
         */
        CALLER_DEAD,
        /** Nobody had the name it was sent to. */
        NO_SUCH_NAME,
        /** The request had been answered, or nobody waited for the answer any more. */
        ANSWERED_BEFORE,
        /** The mailbox was full, or as many messages were held for the name as may be. */
        FULL,
        /** The node, or the part of it that was asked, was stopping. */
        GATED
    }
}
