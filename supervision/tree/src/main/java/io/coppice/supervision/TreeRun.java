package io.coppice.supervision;

import io.coppice.actor.Node;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;

/** A tree that is run as a program. */
final class TreeRun {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Supervisor tree;
    private final Node node = Node.start();
    private final CompletableFuture<Pid> root = new CompletableFuture<>();
    private final CompletableFuture<ExitReason> end;

    TreeRun(Supervisor tree) {
        this.tree = tree;
        this.end = root.thenCompose(node::ended);
    }

    /** Runs the tree until it ends, whatever brings that about. */
    int await() {
        var hook = new Thread(this::stop, "stop " + tree.id());
        // Before the tree, for the JVM may be told to end while it starts.
        Runtime.getRuntime().addShutdownHook(hook);
        root.complete(node.spawn(tree, options()).pid());
        var reason = end.join();
        LOG.info("{} ended: {}", tree, reason);
        node.close();
        removeUnlessRunning(hook);
        if (isFailure(reason)) {
            // The one thing that must be seen even where no logging is set up.
            System.err.println(tree + " ended: " + reason);
            return 1;
        }
        return 0;
    }

    private SpawnOptions<Supervisor.Message> options() {
        return SpawnOptions.<Supervisor.Message>defaults().withLabel(tree.id());
    }

    /** The JVM is told to end, and waits for this. */
    private void stop() {
        LOG.info("{} is stopped: the JVM ends", tree);
        node.exit(root.join(), ExitReason.SHUTDOWN);
        end.join();
        node.close();
    }

    private static void removeUnlessRunning(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook is what ended the root.
        }
    }

    private static boolean isFailure(ExitReason reason) {
        return reason.isAbnormal()
                || reason instanceof ExitReason.Shutdown(FailedToStartChild failed)
                || reason instanceof ExitReason.Shutdown(GaveUp gaveUp);
    }
}
