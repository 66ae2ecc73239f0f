package io.coppice.supervision;

import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import java.util.List;

/**
 * Why a supervisor did not do what it was asked to.
 *
 * <p>OTP's {@code simple_one_for_one} is not among them: what a {@link DynamicSupervisor} cannot
 * do, it cannot be asked for.
 */
public sealed interface Refusal {

    /** No child has the id, or, in a dynamic supervisor, the pid. */
    record NotFound() implements Refusal {}

    /** The child to be restarted or deleted runs. */
    record Running() implements Refusal {}

    /** The child to be restarted or deleted is being restarted already. */
    record Restarting() implements Refusal {}

    /** A child with the same id runs. */
    record AlreadyStarted(Pid pid) implements Refusal {}

    /** A child with the same id is known, but does not run. */
    record AlreadyPresent() implements Refusal {}

    /**
     * The specification contradicts itself or the supervisor.
     *
     * @param problems in the order in which OTP looks for them
     */
    record BadSpec(List<Problem> problems) implements Refusal {
        public BadSpec {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The dynamic supervisor has as many children as it may have.
     *
     * @param max how many that are
     * @see DynamicSupervisor#maxChildren(int)
     */
    record MaxChildren(int max) implements Refusal {}

    /** The init of the child failed. */
    record StartFailed(ExitReason reason) implements Refusal {}
}
