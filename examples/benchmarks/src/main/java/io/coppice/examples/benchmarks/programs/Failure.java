package io.coppice.examples.benchmarks.programs;

/** What actors fail with. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** One without a stack trace. */
    static final Failure QUIET = new Failure(false);

    private Failure(boolean hasTrace) {
        super("failed on purpose", null, false, hasTrace);
    }

    /** One that knows where it was made. */
    static Failure withTrace() {
        return new Failure(true);
    }
}
