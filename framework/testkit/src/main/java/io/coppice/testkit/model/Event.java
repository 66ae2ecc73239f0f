package io.coppice.testkit.model;

import io.coppice.process.ExitReason;

import java.util.Optional;

/**
 * A process that was started by id has entered its init, or has ended.
 *
 * @param who the process
 * @param starter who has started it
 * @param isDynamic whether {@code starter} tells its children apart by process
 * @param end why it has ended; empty if it has entered its init
 * @param isFailedStart whether it has ended because its init did not succeed
 */
public record Event(
        String who,
        String starter,
        boolean isDynamic,
        Optional<ExitReason> end,
        boolean isFailedStart) {}
