package io.coppice.actor;

/**
 * A message was not sent: the mailbox of its receiver is full, and either is to {@link
 * Overflow#FAIL fail} then, or belongs to the sender itself, which would wait for ever.
 */
public final class MailboxFull extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For the runtime. */
    public MailboxFull(String receiver, int capacity) {
        super("mailbox of " + receiver + " is full: " + capacity + " messages wait");
    }
}
