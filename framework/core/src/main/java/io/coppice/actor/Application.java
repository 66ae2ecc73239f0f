package io.coppice.actor;

import java.time.Duration;
import java.util.Optional;

/**
 * What a node can be started with: something that makes its root process, and has a name. Commonly
 * a supervisor.
 *
 * @param <M> the messages the root understands
 */
public interface Application<M> extends ActorFactory<M> {

    /** What the root is called in logs; not blank. */
    String id();

    /**
     * How long the root and all below it may take, when the node stops, to finish what has been
     * accepted, before it is told to stop. Empty, not at all, by default.
     */
    default Optional<Duration> drain() {
        return Optional.empty();
    }
}
