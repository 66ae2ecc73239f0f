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
     * {@link Node#fates()}; so is one from outside of all processes to a node that stops.
     *
     * <p>Does not wait, unless the receiver has a bound that is to {@link Overflow#BLOCK}: then it
     * waits for room.
     *
     * @throws MailboxFull if the receiver is full and is to {@link Overflow#FAIL}, or if it is to
     *     {@link Overflow#BLOCK} and sends to itself
     * @throws CallInterrupted if the calling thread is interrupted while it waits for room
     * @throws ProcessEnded in the code of a {@linkplain SpawnOptions#source source} that has ended,
     *     which may do nothing but send; no other code of the dead hears of it
     */
    void send(M message);

    /**
     * Sends, and tells what became of it. Never waits.
     *
     * @return {@link Offer.Full} if there is no room, unless the oldest makes room
     */
    Offer offer(M message);

    /**
     * {@link #offer(Object)}, and waits for room.
     *
     * @param patience how long; zero or more
     * @return {@link Offer.Full} if there was no room in time
     * @throws CallInterrupted if the calling thread is interrupted while it waits
     */
    Offer offer(M message, Duration patience);

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
     * @throws CallRefused if the request was not taken: it is certain that nothing was done
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
