package io.coppice.actor;

/**
 * How a node runs.
 *
 * @param workers how many threads run actors that do not block: 1 to 1,024; by default the number
 *     of processors
 */
public record NodeOptions(int workers) {

    public NodeOptions {
        if (workers < 1 || workers > 1_024) {
            throw new IllegalArgumentException("workers: " + workers + ", not in 1 to 1024");
        }
    }

    /** As many workers as processors. */
    public static NodeOptions defaults() {
        return new NodeOptions(Math.min(1_024, Runtime.getRuntime().availableProcessors()));
    }

    /** These options with {@code workers}. */
    public NodeOptions withWorkers(int workers) {
        return new NodeOptions(workers);
    }
}
