package io.coppice.actor;

import io.coppice.process.Pid;

import java.time.Duration;
import java.util.function.Function;

/**
 * A typed address: where messages of type {@code M} can be sent, from any thread.
 *
 * @param <M> the messages that are understood there
 */
public interface ActorRef<M> {

    /**
     * Sends and forgets. A message to a process that is gone, or from one, is lost and counted in
     * {@link Node#fates()}.
     */
    void send(M message);

    /**
     * Sends a request and waits for its answer.
     *
     * <p>May be called from any thread. A process that calls waits, and handles no message
     * meanwhile; two that call each other wait until the timeout.
     *
     * @param request makes the message, given the address of the answer
     * @param timeout how long to wait; greater than zero
     * @throws CallTimeout if there was no answer in time; a later one is dropped
     * @throws CalleeEnded if the process ended, or was gone already
     * @throws CallInterrupted if the calling thread is interrupted
     */
    <R> R call(Function<ReplyTo<R>, ? extends M> request, Duration timeout);

    /**
     * The process behind this address.
     *
     * @throws NoSuchProcess if this address is a name that nobody has at the moment
     */
    Pid pid();
}
