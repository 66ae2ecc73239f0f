package io.coppice.internal.run;

import io.coppice.actor.Fates.Dropped;
import io.coppice.actor.Offer;
import io.coppice.internal.mailbox.Message;
import io.coppice.internal.mailbox.Scope;
import io.coppice.process.ExitReason;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * What was sent to a name while nobody had it, and waits for the next who takes it.
 *
 * <p>Whoever takes the name does so under this lock and gets the letters first; whoever finds
 * nobody looks once more under it. So nothing sent later overtakes a letter, and none is left
 * behind.
 */
final class Held {

    /** A message, and the answer that somebody waits for, if it is a request. */
    record Letter(Message message, @Nullable PendingReply<?> pending) {}

    /** What is not drained before what is kept here has been handed over, if anything. */
    private @Nullable Scope scope() {
        return node.rootScope();
    }

    private void leave() {
        var scope = scope();
        if (scope != null) {
            scope.leave();
        }
    }

    private final LocalNode node;
    private final String name;
    private final int capacity;
    private final Queue<Letter> letters = new ArrayDeque<>();
    private boolean closed;

    Held(LocalNode node, String name, int capacity) {
        this.node = node;
        this.name = name;
        this.capacity = capacity;
    }

    /** For the holder of this lock: keeps {@code letter}, if there is room. */
    Offer keep(Letter letter) {
        if (closed) {
            return Offer.GATED;
        }
        if (letters.size() >= capacity && !forgetExpired()) {
            return new Offer.Full(capacity);
        }
        node.tally().accepted();
        var scope = scope();
        if (scope != null) {
            scope.enter();
        }
        letters.add(letter);
        return Offer.ACCEPTED;
    }

    /** Requests whose time is over make room. */
    private boolean forgetExpired() {
        return letters.removeIf(
                letter -> {
                    boolean isOver = letter.pending != null && letter.pending.isSettled();
                    if (isOver) {
                        node.tally().dropped(Dropped.NEVER_CLAIMED);
                        leave();
                    }
                    return isOver;
                });
    }

    /** For the holder of this lock and that of {@code taker}: hands over what is still wanted. */
    boolean handTo(LocalProcess<?> taker) {
        boolean wake = false;
        for (var next = letters.poll(); next != null; next = letters.poll()) {
            if (next.pending == null || taker.promise(next.pending)) {
                wake |= taker.put(next.message);
            } else {
                node.tally().dropped(Dropped.NEVER_CLAIMED);
            }
            leave();
        }
        return wake;
    }

    /** Nobody will take the name any more, or what waits for it. */
    void close() {
        List<Letter> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(letters);
            letters.clear();
        }
        left.forEach(this::lose);
    }

    private void lose(Letter letter) {
        node.lost(letter.message.content(), name, null, Dropped.NEVER_CLAIMED);
        leave();
        if (letter.pending != null) {
            letter.pending.gone(ExitReason.NO_PROCESS);
        }
    }
}
