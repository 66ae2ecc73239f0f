package io.coppice.internal.mailbox;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A gate, and a count of what has passed it and is not finished: around a process and all that it
 * has created, which can so be drained, or around a whole node, whose senders from outside it
 * counts while they are on their way in.
 *
 * <p>Once closed it lets in nothing from outside, while those within may go on sending to each
 * other; when the count comes to zero, nothing within runs and nothing waits, so it stays zero.
 *
 * <p>The count is taken before the closed bit is looked at, in one step. So whoever is let in is
 * waited for, and whoever is not has been seen to leave.
 */
public final class Scope {

    private static final long CLOSED = 1;
    private static final long ONE = 2;

    private final @Nullable Scope outer;

    /** How many are within, above the bit that says whether it is closed. */
    private final AtomicLong word = new AtomicLong();

    private final AtomicReference<@Nullable Runnable> whenQuiet = new AtomicReference<>();

    /**
     * Senders from outside that wait for room within, and must hear when it closes, the first in
     * line first. Bounded by the number of threads.
     */
    private final Queue<CompletableFuture<Boolean>> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param outer the scope that this one is a part of, if it is of any
     */
    public Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    /** Something is accepted from {@code sender}, unless it comes from outside and that is shut. */
    public boolean admit(@Nullable Scope sender) {
        for (Scope at = this; at != null; at = at.outer) {
            long before = at.word.getAndAdd(ONE);
            if ((before & CLOSED) != 0 && !isWithin(sender, at)) {
                leaveUpTo(at);
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(@Nullable Scope scope, Scope outer) {
        var at = scope;
        while (at != null && at != outer) {
            at = at.outer;
        }
        return at != null;
    }

    private void leaveUpTo(Scope last) {
        for (Scope at = this; at != last && at != null; at = at.outer) {
            at.leaveThis();
        }
        last.leaveThis();
    }

    /** Something is accepted that is not to be kept out. */
    public void enter() {
        for (Scope at = this; at != null; at = at.outer) {
            at.word.getAndAdd(ONE);
        }
    }

    /** Something that was accepted is finished. */
    public void leave() {
        for (Scope at = this; at != null; at = at.outer) {
            at.leaveThis();
        }
    }

    private void leaveThis() {
        if (word.addAndGet(-ONE) == CLOSED) {
            quiet();
        }
    }

    private void quiet() {
        var tell = whenQuiet.getAndSet(null);
        if (tell != null) {
            tell.run();
        }
    }

    /**
     * Keeps out what comes from outside, from now on.
     *
     * @param tell run once when nothing is within any more, perhaps at once, in any thread
     */
    public void close(Runnable tell) {
        whenQuiet.updateAndGet(others -> others == null ? tell : both(others, tell));
        long before = shutNow();
        if ((before & ~CLOSED) == 0) {
            quiet();
        }
    }

    private static Runnable both(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }

    /** Whether it is closed, or one around it. */
    public boolean isClosed() {
        for (Scope at = this; at != null; at = at.outer) {
            if ((at.word.get() & CLOSED) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Keeps out what comes from outside; it is left to {@link #close} to tell of the rest. */
    public void shut() {
        shutNow();
    }

    private long shutNow() {
        long before = word.getAndUpdate(seen -> seen | CLOSED);
        waiting.forEach(place -> place.complete(true));
        return before;
    }

    /** A sender waits for room within: it is to be woken when this closes, or what is around it. */
    public void register(CompletableFuture<Boolean> place) {
        for (Scope at = this; at != null; at = at.outer) {
            at.waiting.add(place);
        }
    }

    public void unregister(CompletableFuture<Boolean> place) {
        for (Scope at = this; at != null; at = at.outer) {
            at.waiting.remove(place);
        }
    }
}
