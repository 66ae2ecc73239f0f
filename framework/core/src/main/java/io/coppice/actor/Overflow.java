package io.coppice.actor;

/** What becomes of a message for a mailbox that is full. News of the system always gets in. */
public enum Overflow {
    /** Whoever sends waits until there is room. */
    BLOCK,
    /** {@link ActorRef#send} throws {@link MailboxFull}. */
    FAIL,
    /** The message is not taken, and counted: {@link Fates.Refused#FULL}. */
    DROP_NEWEST,
    /**
     * The message is taken, and the one that has waited longest is dropped, and counted: {@link
     * Fates.Dropped#PUSHED_OUT}.
     */
    DROP_OLDEST
}
