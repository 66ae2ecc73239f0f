package io.coppice.supervision;

import io.coppice.actor.Node;
import io.coppice.actor.NodeOptions;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/**
 * A tree that is run as a program: the root of a node of its own, which stops when the JVM is told
 * to end.
 */
record TreeRun(Supervisor tree, NodeOptions options) {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /** Runs the tree until it ends, whatever brings that about. */
    int await() {
        var reason = run();
        LOG.info("{} ended: {}", tree, reason);
        if (isFailure(reason)) {
            // The one thing that must be seen even where no logging is set up.
            System.err.println(tree + " ended: " + reason);
            cause(reason).ifPresent(Throwable::printStackTrace);
            return 1;
        }
        return 0;
    }

    private ExitReason run() {
        try (var node = Node.start(options.withShutdownHook(), tree)) {
            node.ended(node.root().orElseThrow()).join();
            return node.stop(Duration.ZERO).reason(); // or with the report of the JVM's end
        } catch (StartFailure failed) {
            return failed.reason();
        }
    }

    /** What was thrown, however deep in the tree. */
    private static Optional<Throwable> cause(ExitReason reason) {
        return switch (reason) {
            case ExitReason.Crashed(var thrown) -> Optional.of(thrown);
            case ExitReason.Shutdown(FailedToStartChild failed) -> cause(failed.reason());
            case ExitReason.Shutdown(GaveUp gaveUp) -> cause(gaveUp.failures().getLast().reason());
            default -> Optional.empty();
        };
    }

    private static boolean isFailure(ExitReason reason) {
        return reason.isAbnormal()
                || reason instanceof ExitReason.Shutdown(FailedToStartChild failed)
                || reason instanceof ExitReason.Shutdown(GaveUp gaveUp);
    }
}
