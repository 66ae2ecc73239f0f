package io.coppice.internal.mailbox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.function.Predicate;

/**
 * What waits in a mailbox that gives up the oldest message for a new one.
 *
 * <p>Nobody but its consumer can take anything out of a {@link Mailbox}. So such a mailbox holds
 * {@link Ticket tickets} only, all alike, and what they are for is kept here, under a lock: the
 * consumer opens a ticket and gets what then is the oldest. A message that pushes another out needs
 * no ticket, for the other's is free; so tickets and content stay equal in number, and neither
 * grows beyond the bound, news of the system aside.
 */
public final class Newest {

    private final int capacity;
    private final LinkedHashSet<Envelope> waiting = new LinkedHashSet<>();
    private final Deque<Message> messages = new ArrayDeque<>();

    public Newest(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Takes {@code envelope} in, after all that waits.
     *
     * @param sender the process that sends, or null; if it is alive now, under the lock, news of
     *     its death comes later. If it is dead, nothing of the living makes room for it
     * @return the message that had to go, which may be this one, or null: then a ticket must be
     *     posted
     */
    public synchronized @Nullable Message add(Envelope envelope, @Nullable Mailbox sender) {
        if (!(envelope instanceof Message message)) {
            waiting.add(envelope);
            return null;
        }
        if (sender != null && sender.isDead()) {
            return message;
        }
        waiting.add(message);
        messages.add(message);
        if (messages.size() <= capacity) {
            return null;
        }
        var oldest = messages.remove();
        waiting.remove(oldest);
        return oldest;
    }

    /** For the consumer: what has waited longest. There is something for each ticket. */
    private synchronized Envelope take() {
        var first = waiting.removeFirst();
        if (first == messages.peek()) {
            messages.remove();
        }
        return first;
    }

    /** For the consumer: empties the first envelope whose content is wanted. */
    public synchronized boolean takeBackFirst(Predicate<Object> wanted) {
        for (var envelope : waiting) {
            if (wanted.test(envelope.content())) {
                envelope.empty(Envelope.TAKEN_BACK);
                return true;
            }
        }
        return false;
    }

    /** How many messages wait, at this moment. */
    public synchronized int messages() {
        return messages.size();
    }

    /** A place in the mailbox for whatever is the oldest when its turn comes. */
    public Envelope ticket() {
        return new Ticket();
    }

    private final class Ticket extends Envelope {
        private @Nullable Envelope drawn;

        Ticket() {
            super("ticket");
        }

        private Envelope draw() {
            var mine = drawn;
            if (mine == null) {
                mine = take();
                drawn = mine;
            }
            return mine;
        }

        /** Only the consumer looks into an envelope, and only when its turn has come. */
        @Override
        public Object content() {
            return draw().content();
        }

        @Override
        public Object open() {
            return draw().open();
        }

        @Override
        public void empty(Object why) {
            draw().empty(why);
        }

        @Override
        public boolean takesRoom() {
            return draw().takesRoom();
        }
    }
}
