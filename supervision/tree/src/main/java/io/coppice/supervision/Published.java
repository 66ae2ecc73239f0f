package io.coppice.supervision;

import io.coppice.actor.Node;
import io.coppice.process.Pid;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What others see of a supervisor, which publishes this and writes into it: it has a new state
 * several times for each restart.
 */
final class Published {

    private final AtomicReference<SupervisorState> state;

    Published(SupervisorState first) {
        this.state = new AtomicReference<>(first);
    }

    /** The state of {@code process}, if that is a supervisor and alive. */
    static Optional<SupervisorState> of(Pid process, Node node) {
        return node.status(process)
                .filter(Published.class::isInstance)
                .map(it -> ((Published) it).state.getAcquire());
    }

    /** For the supervisor itself. */
    SupervisorState state() {
        return state.getPlain();
    }

    /** For the supervisor itself. */
    void set(SupervisorState next) {
        state.setRelease(next);
    }
}
