package io.coppice.testkit;

/** A scenario fails under some schedule. Its message says which, and how to repeat it. */
public final class SimulationFailure extends AssertionError {

    private static final long serialVersionUID = 1;

    private final transient Findings.Failure failure;

    SimulationFailure(Findings.Failure failure) {
        super(failure.report(), failure.cause());
        this.failure = failure;
    }

    /** What was found. */
    public Findings.Failure failure() {
        return failure;
    }
}
