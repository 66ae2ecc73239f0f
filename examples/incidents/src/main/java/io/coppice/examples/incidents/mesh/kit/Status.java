package io.coppice.examples.incidents.mesh.kit;

import java.util.Optional;

/** How a worker is. */
public enum Status {
    READY,
    NOT_READY,
    FAILED,
    DRAINING;

    /**
     * How a worker is for a node to which another one tells {@code hint}. A hint can spoil what the
     * node has found out itself, and never mends it.
     *
     * @param found what the node has found out itself, if it has looked
     */
    public static Status of(Optional<Status> found, Status hint) {
        var own = found.orElse(READY);
        if (own != READY) {
            return own;
        }
        return hint == READY ? READY : NOT_READY;
    }
}
