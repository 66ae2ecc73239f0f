package io.coppice.supervision;

import java.time.Duration;
import java.util.Optional;

/** What a child is, which decides its defaults. */
public enum ChildType {
    /** Does work: by default it has 5 s to stop and 30 s for its init. */
    WORKER(ShutdownMode.within(Duration.ofSeconds(5)), Optional.of(Duration.ofSeconds(30))),

    /**
     * Has children of its own: by default it has unlimited time to stop and to start, for it may
     * take as long as all its children together.
     */
    SUPERVISOR(ShutdownMode.patiently(), Optional.empty());

    private final ShutdownMode shutdown;
    private final Optional<Duration> initDeadline;

    ChildType(ShutdownMode shutdown, Optional<Duration> initDeadline) {
        this.shutdown = shutdown;
        this.initDeadline = initDeadline;
    }

    ShutdownMode defaultShutdown() {
        return shutdown;
    }

    Optional<Duration> defaultInitDeadline() {
        return initDeadline;
    }
}
