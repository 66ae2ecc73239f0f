package io.coppice.actor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a {@link Program} takes its messages from, in the order of their arrival.
 *
 * <p>Only the program's own thread may use it. All methods throw {@link ProcessEnded} once the
 * process has been ended from outside, and {@link InterruptedException} if somebody else interrupts
 * the thread.
 *
 * @param <M> the messages of the program
 */
public interface Inbox<M> {

    /** Waits for the next message. */
    M take() throws InterruptedException;

    /**
     * Waits for the next message that {@code wanted} accepts; the others stay, in order.
     *
     * @param wanted asked once for each message; not kept
     */
    M take(Predicate<? super M> wanted) throws InterruptedException;

    /**
     * Waits until this process is open, as {@link Actor#opened()} says: the place to wait before
     * something is taken from a source. Its init is done when it waits.
     *
     * <p>Messages stay in the mailbox meanwhile. So a program that others may need in their init,
     * or that traps exits, uses {@link #takeUntilOpened()}.
     */
    void awaitOpened() throws InterruptedException;

    /**
     * Waits for the next message, or until this process is open.
     *
     * <pre>{@code
     * for (var early = inbox.takeUntilOpened();
     *         early.isPresent();
     *         early = inbox.takeUntilOpened()) handle(early.get());
     * }</pre>
     *
     * @return the message, or empty when the process is open, though messages may wait then
     */
    Optional<M> takeUntilOpened() throws InterruptedException;

    /**
     * Waits for the next message, at most {@code timeout}.
     *
     * @param timeout zero looks only at what has arrived
     * @return the message, or empty when the time is over
     */
    Optional<M> poll(Duration timeout) throws InterruptedException;

    /** As {@link #poll(Duration)}, for the next message that {@code wanted} accepts. */
    Optional<M> poll(Duration timeout, Predicate<? super M> wanted) throws InterruptedException;
}
