package io.coppice.supervision;

import io.coppice.process.ExitReason;

/**
 * The detail of the {@link ExitReason.Shutdown} with which a supervisor ends that cannot start.
 *
 * @param id the child whose init failed
 * @param reason why it did
 */
public record FailedToStartChild(String id, ExitReason reason) {

    @Override
    public String toString() {
        return "failed to start " + id + ": " + reason;
    }
}
