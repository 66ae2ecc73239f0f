package io.coppice.actor;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a node runs.
 *
 * @param workers how many threads run actors that do not block: 1 to 1,024; by default the number
 *     of processors
 * @param hasShutdownHook whether the node is stopped, in order and however long that takes, when
 *     the JVM is told to end, by SIGTERM for instance, and its {@link ShutdownReport} logged under
 *     {@code io.coppice.node}; false by default. A process must then not call {@code System.exit},
 *     which waits for the hook, which waits for the process: {@link Node#beginStop} is for that
 * @param listeners are told what happens on the node; none by default
 */
public record NodeOptions(int workers, boolean hasShutdownHook, List<NodeListener> listeners) {

    public NodeOptions {
        if (workers < 1 || workers > 1_024) {
            throw new IllegalArgumentException("workers: " + workers + ", not in 1 to 1024");
        }
        listeners = List.copyOf(listeners);
    }

    /** As many workers as processors. */
    public static NodeOptions defaults() {
        int processors = Math.min(1_024, Runtime.getRuntime().availableProcessors());
        return new NodeOptions(processors, false, List.of());
    }

    /** These options with {@code workers}. */
    public NodeOptions withWorkers(int workers) {
        return new NodeOptions(workers, hasShutdownHook, listeners);
    }

    /** These options, for a node that stops when the JVM is told to end. */
    public NodeOptions withShutdownHook() {
        return new NodeOptions(workers, true, listeners);
    }

    /** These options with {@code listener}, besides those there are. */
    public NodeOptions withListener(NodeListener listener) {
        var all = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
        return new NodeOptions(workers, hasShutdownHook, all);
    }
}
