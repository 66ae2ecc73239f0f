package io.coppice.actor;

import java.time.Duration;

/**
 * The timers of one process. They die with it, and fire as messages in its mailbox.
 *
 * @param <M> the messages of the process
 */
public interface Timers<M> {

    /**
     * Sends {@code message} to the process itself, once.
     *
     * @param delay zero or more
     */
    TimerRef after(Duration delay, M message);

    /**
     * Sends {@code message} to the process itself again and again.
     *
     * @param period greater than zero; also the delay of the first
     */
    TimerRef every(Duration period, M message);
}
