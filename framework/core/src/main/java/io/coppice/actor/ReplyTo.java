package io.coppice.actor;

/**
 * The address of one answer. The first answer counts, later ones are dropped and counted.
 *
 * <p>It may be passed on: any process may answer, at any time.
 *
 * @param <R> what is answered
 */
@FunctionalInterface
public interface ReplyTo<R> {

    /** Answers. */
    void send(R reply);
}
