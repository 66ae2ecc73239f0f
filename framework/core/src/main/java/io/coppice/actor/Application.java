package io.coppice.actor;

/**
 * What a node can be started with: something that makes its root process, and has a name. Commonly
 * a supervisor.
 *
 * @param <M> the messages the root understands
 */
public interface Application<M> extends ActorFactory<M> {

    /** What the root is called in logs; not blank. */
    String id();
}
