package io.coppice.examples.kv.server;

import io.coppice.actor.ActorRef;
import io.coppice.examples.kv.server.Shard.Ticket;
import io.coppice.examples.kv.store.StoreCommand;
import io.coppice.spi.Clock;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connection's way to one shard: what is under way there, and what waits while there is none. */
final class Route {

    /**
     * A part of a request that is to be sent.
     *
     * @param doubtful whether it may have been carried out, all of it or in part: it was with a
     *     shard that has ended, or other shards have other parts of the same request
     */
    record Waiting(Ticket ticket, StoreCommand command, boolean doubtful) {}

    private final Clock clock;

    /** The shard that the connection is linked to, or null. */
    @Nullable ActorRef<Shard.Message> shard;

    /** Sent and not answered, in the order of sending. */
    final Map<Ticket, StoreCommand> underWay = new LinkedHashMap<>();

    /** In the order in which it is to be sent. */
    final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Since when something waits. */
    long waitingSinceNanos;

    Route(Clock clock) {
        this.clock = clock;
    }

    /** The shard has ended: what was there waits for its successor, before what waits already. */
    void shardEnded() {
        shard = null;
        var again = new ArrayList<Waiting>();
        underWay.forEach((ticket, command) -> again.add(new Waiting(ticket, command, true)));
        underWay.clear();
        again.addAll(waiting);
        waiting.clear();
        again.forEach(this::await);
    }

    void await(Waiting next) {
        if (waiting.isEmpty()) {
            waitingSinceNanos = clock.nanoTime();
        }
        waiting.add(next);
    }
}
