package io.coppice.actor;

import static java.util.Objects.requireNonNull;

/**
 * How many messages may wait in a mailbox. Only messages count: exits, downs, answers, timers and
 * all other signals are never held up by a bound. The message being handled does not wait.
 *
 * @param capacity how many may wait: 1 or more
 * @param overflow what becomes of one too many
 * @param highWater when so many wait, a {@link NodeEvent.HighWater} says so, once until they are
 *     half as many: 1 to {@code capacity}
 */
public record MailboxBound(int capacity, Overflow overflow, int highWater) {

    public MailboxBound {
        requireNonNull(overflow, "overflow");
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + ", must be 1 or more");
        }
        if (highWater < 1 || highWater > capacity) {
            throw new IllegalArgumentException(
                    "highWater: " + highWater + ", not in 1 to " + capacity);
        }
    }

    /** At most {@code capacity} messages; it says so when four fifths of them wait. */
    public static MailboxBound bounded(int capacity, Overflow overflow) {
        return new MailboxBound(capacity, overflow, Math.max(1, (int) (capacity * 0.8)));
    }

    /** Any number of messages; it says so when {@code highWater} wait. */
    public static MailboxBound unbounded(int highWater) {
        return new MailboxBound(Integer.MAX_VALUE, Overflow.FAIL, highWater);
    }

    /** This bound with {@code highWater}. */
    public MailboxBound withHighWater(int highWater) {
        return new MailboxBound(capacity, overflow, highWater);
    }
}
