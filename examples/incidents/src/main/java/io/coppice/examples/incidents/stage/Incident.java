package io.coppice.examples.incidents.stage;

/**
 * A bug of another system. It is shown by facts about the same things there and here, and here they
 * must be {@link #right}.
 */
public interface Incident {

    /** What is told of it. */
    Story story();

    /** What must be seen here. */
    Facts right();

    /** What is seen where the bug is. Differs from {@link #right}, or it would show nothing. */
    Elsewhere elsewhere();

    /**
     * Runs it on Coppice, and tells what was seen.
     *
     * @throws Exception if it could not be run to its end, which is wrong as well
     */
    Facts here() throws Exception;

    /** Runs both sides. */
    default Outcome run() {
        return Outcome.of(this);
    }
}
