package io.coppice.supervision;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.process.Pid;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * How a child comes by its name when a process of a former tree still has it.
 *
 * <p>A killed supervisor stops nobody. Those of its children that trap exits, other supervisors
 * above all, learn of its death and stop in order, which takes a while; meanwhile the tree is
 * started again. The successor waits in its init, and so may be stopped or killed at any moment.
 */
final class Inheritance {

    /**
     * How long the former holder may take. After that the name counts as taken, which is said,
     * being less than the default deadline of an init.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private Inheritance() {}

    /**
     * Gives {@code name} to the process of {@code context}; waits if one has it that was left
     * behind.
     *
     * @param holding how many messages wait for the name from now on while nobody has it
     * @throws IllegalArgumentException if anybody else has it
     */
    static <M> void claim(Name<M> name, int holding, Context<M> context)
            throws InterruptedException {
        var node = context.node();
        if (holding > 0) {
            node.registry().hold(name, holding);
        }
        var holder = node.registry().lookup(name).map(ActorRef::pid);
        if (holder.isPresent() && isLeftBehind(holder.get(), node)) {
            awaitEnd(holder.get(), node);
        }
        node.registry().register(name, context.self());
    }

    /**
     * Whether {@code process} is to end, since its parent is dead, or a supervisor above that.
     * Those between them may be alive for a moment yet: they are just being told. Who started the
     * root of a tree may have ended in peace.
     */
    static boolean isLeftBehind(Pid process, Node node) {
        var info = node.info(process);
        return info.isEmpty() || info.get().parent().filter(it -> isOver(it, node)).isPresent();
    }

    private static boolean isOver(Pid parent, Node node) {
        boolean isBelowAnother =
                Published.of(parent, node).filter(it -> !it.rules().isRoot()).isPresent();
        return !node.isAlive(parent) || isBelowAnother && isLeftBehind(parent, node);
    }

    private static void awaitEnd(Pid holder, Node node) throws InterruptedException {
        try {
            node.await(node.ended(holder), PATIENCE);
        } catch (TimeoutException stillThere) {
            // Registering says whose the name is.
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
