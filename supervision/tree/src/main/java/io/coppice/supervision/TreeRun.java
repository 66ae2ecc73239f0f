package io.coppice.supervision;

import io.coppice.actor.Actor;
import io.coppice.actor.Application;
import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.Supervisor.Message;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A tree that is run as a program: the root of a node of its own. */
final class TreeRun implements Application<Message> {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Supervisor tree;

    /** As soon as it begins to start: the JVM may be told to end meanwhile. */
    private final CompletableFuture<Root> root = new CompletableFuture<>();

    private record Root(Node node, Pid pid, CompletableFuture<ExitReason> end) {}

    TreeRun(Supervisor tree) {
        this.tree = tree;
    }

    @Override
    public String id() {
        return tree.id();
    }

    @Override
    public Actor<Message> create(Context<Message> context) {
        var node = context.node();
        var self = context.self().pid();
        root.complete(new Root(node, self, node.ended(self)));
        return tree.create(context);
    }

    /** Runs the tree until it ends, whatever brings that about. */
    int await() {
        var hook = new Thread(this::stop, "stop " + tree.id());
        Runtime.getRuntime().addShutdownHook(hook);
        var reason = run();
        LOG.info("{} ended: {}", tree, reason);
        removeUnlessRunning(hook);
        if (isFailure(reason)) {
            // The one thing that must be seen even where no logging is set up.
            System.err.println(tree + " ended: " + reason);
            cause(reason).ifPresent(Throwable::printStackTrace);
            return 1;
        }
        return 0;
    }

    private ExitReason run() {
        try (var node = Node.start(this)) {
            return root.join().end().join();
        } catch (StartFailure failed) {
            return failed.reason();
        }
    }

    /** The JVM is told to end, and waits for this. */
    private void stop() {
        LOG.info("{} is stopped: the JVM ends", tree);
        var running = root.join();
        running.node().exit(running.pid(), ExitReason.SHUTDOWN);
        running.end().join();
        running.node().close();
    }

    private static void removeUnlessRunning(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook is what ended the root.
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
