package io.coppice.supervision;

import io.coppice.actor.Context;
import io.coppice.actor.Node;
import io.coppice.process.Pid;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who holds what a service opens: a port, a file, a thread. A killed process is gone before what it
 * owned is closed, and a killed supervisor's child before it has stopped; their successor would
 * find the port taken, and so waits for its turn, as a part of its init.
 */
final class Tenancies {

    private final Set<Tenancy> all = ConcurrentHashMap.newKeySet();
    private final AtomicLong entered = new AtomicLong();

    /** From now on successors wait for the process of {@code context}. */
    Tenancy enter(Context<?> context) {
        var tenancy = new Tenancy(context.self().pid(), context.node());
        all.add(tenancy);
        return tenancy;
    }

    /** The time of one process, from its first step until what it opened is closed. */
    final class Tenancy {
        private final Pid process;
        private final Node node;
        private final CompletableFuture<String> left = new CompletableFuture<>();

        /** Each waits for earlier ones only, so that no two wait for each other. */
        private final long number = entered.incrementAndGet();

        private Tenancy(Pid process, Node node) {
            this.process = process;
            this.node = node;
        }

        /** Waits for those who hold on though they, or their parents, are dead. */
        void awaitTurn() throws InterruptedException {
            for (var other : all) {
                if (other.number < number && other.isOver()) {
                    await(other);
                }
            }
            // A successor of one that was killed before it entered did not see it here.
            if (!node.isAlive(process)) {
                throw new InterruptedException(process + " has ended");
            }
        }

        private void await(Tenancy other) throws InterruptedException {
            try {
                node.await(other.left);
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private boolean isOver() {
            return Inheritance.isLeftBehind(process, node);
        }

        void leave() {
            all.remove(this);
            left.complete("left");
        }
    }
}
