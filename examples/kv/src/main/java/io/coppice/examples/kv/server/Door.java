package io.coppice.examples.kv.server;

import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Where clients come in. It is there before the tree and outlives every process of it, as a shop's
 * door outlives its keeper: while there is no listener clients wait, and when a client's process
 * dies the client stays, and waits for another. For any thread.
 */
final class Door {

    private final Map<Long, Visitor> waiting = new ConcurrentSkipListMap<>();
    private final Set<Long> present = ConcurrentHashMap.newKeySet();
    private final LongSupplier ids;
    private final AtomicReference<@Nullable Consumer<Visitor>> keeper = new AtomicReference<>();

    /**
     * @param ids numbers for clients, none of which was ever given to another
     */
    Door(LongSupplier ids) {
        this.ids = ids;
    }

    /** Somebody has come, over {@code channel}. */
    Visitor arrive(Channel channel) {
        var visitor = new Visitor(ids.getAsLong(), channel, this);
        present.add(visitor.id());
        channel.pipeline().addLast("visitor", visitor);
        announce(visitor);
        return visitor;
    }

    /** {@code visitor} waits for a connection. */
    void announce(Visitor visitor) {
        waiting.put(visitor.id(), visitor);
        var host = keeper.get();
        if (host != null) {
            host.accept(visitor);
        }
    }

    /** {@code visitor} has a connection, or is told that it gets none. */
    void seated(Visitor visitor) {
        waiting.remove(visitor.id());
    }

    /** {@code visitor} has left. */
    void left(Visitor visitor) {
        waiting.remove(visitor.id());
        present.remove(visitor.id());
    }

    /** Whether the client with this id is there. */
    boolean knows(long client) {
        return present.contains(client);
    }

    /** How many wait for a connection. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Tells {@code host} of everybody who waits, and of everybody who will, until another takes its
     * place or it is closed.
     */
    AutoCloseable openFor(Consumer<Visitor> host) {
        keeper.set(host);
        waiting.values().forEach(host);
        return () -> keeper.compareAndSet(host, null);
    }
}
