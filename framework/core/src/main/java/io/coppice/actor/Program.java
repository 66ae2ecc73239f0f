package io.coppice.actor;

/**
 * A process written as one run from top to bottom, on a virtual thread of its own.
 *
 * <p>A program may wait as it likes. One that computes for long without ever waiting holds a
 * carrier of the JVM's virtual threads; another is added when programs wait for one in vain for
 * some twenty milliseconds (on Java 24 and later). Computing is better done by actors.
 *
 * <p>It ends with {@code Normal} when {@link #run} returns. What it does before it first takes from
 * its inbox is init: whoever starts it waits until then, or until it calls {@link
 * Context#started()}. One that pulls from a source waits by {@link Inbox#awaitOpened()} before it
 * does.
 *
 * @param <M> the messages it understands
 */
@FunctionalInterface
public interface Program<M> {

    /**
     * The whole life of the process.
     *
     * @throws Exception to crash: the process ends with {@code Crashed}
     */
    void run(Context<M> context, Inbox<M> inbox) throws Exception;
}
