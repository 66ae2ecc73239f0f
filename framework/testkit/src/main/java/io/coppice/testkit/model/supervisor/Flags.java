package io.coppice.testkit.model.supervisor;

/**
 * How a supervisor supervises.
 *
 * @param intensity how many restarts it may make within {@code period}
 * @param period in seconds
 */
record Flags(Strategy strategy, long intensity, long period, AutoShutdown autoShutdown) {

    enum Strategy {
        ONE_FOR_ONE,
        ONE_FOR_ALL,
        REST_FOR_ONE,
        SIMPLE_ONE_FOR_ONE
    }

    enum AutoShutdown {
        NEVER,
        ANY_SIGNIFICANT,
        ALL_SIGNIFICANT
    }

    boolean isSimple() {
        return strategy == Strategy.SIMPLE_ONE_FOR_ONE;
    }
}
