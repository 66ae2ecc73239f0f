package io.coppice.supervision;

import io.coppice.actor.Node;
import io.coppice.actor.NodeOptions;
import io.coppice.process.ExitReason;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;

/** A tree that is run as a program. */
record TreeRun(Supervisor tree, Node node, CompletableFuture<ExitReason> end) {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    static TreeRun of(Supervisor tree) {
        var node = Node.start(NodeOptions.defaults(), tree);
        return new TreeRun(tree, node, node.ended(node.root().orElseThrow()));
    }

    /** Waits for the end of the root, whatever brings it about. */
    int await() {
        var hook = new Thread(this::stop, "stop " + tree.id());
        Runtime.getRuntime().addShutdownHook(hook);
        var reason = end.join();
        LOG.info("{} ended: {}", tree, reason);
        node.close();
        removeUnlessRunning(hook);
        return reason.isAbnormal() ? 1 : 0;
    }

    /** The JVM is told to end, and waits for this. */
    private void stop() {
        LOG.info("{} is stopped: the JVM ends", tree);
        node.close();
    }

    private static void removeUnlessRunning(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook is what ended the root.
        }
    }
}
