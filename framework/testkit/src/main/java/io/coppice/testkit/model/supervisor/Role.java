package io.coppice.testkit.model.supervisor;

import java.util.List;

/** What becomes of a process that is started under a certain id. */
public sealed interface Role {

    /** What each attempt does in its init; the last repeats. */
    List<Init> inits();

    /** No supervisor. */
    record OfWorker(List<Init> inits, OnShutdown onShutdown) implements Role {
        public OfWorker {
            inits = checked(inits);
        }
    }

    /** A supervisor. */
    record OfSupervisor(List<Init> inits, Definition definition) implements Role {
        public OfSupervisor {
            inits = checked(inits);
        }
    }

    private static List<Init> checked(List<Init> inits) {
        if (inits.isEmpty()) {
            throw new IllegalArgumentException("inits: none, must be at least one");
        }
        return List.copyOf(inits);
    }

    /**
     * What a process is before its init.
     *
     * @param starter who has started it
     * @param attempt how often this id has been started, this time included
     */
    default Behaviour behaviour(String starter, int attempt) {
        var init = inits().get(Math.min(attempt, inits().size()) - 1);
        return switch (this) {
            case OfWorker(var inits, var onShutdown) -> Worker.of(starter, init, onShutdown);
            case OfSupervisor(var inits, var definition) ->
                    new SupervisorInit(starter, init, definition);
        };
    }
}
