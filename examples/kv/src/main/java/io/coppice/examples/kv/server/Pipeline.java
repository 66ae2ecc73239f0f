package io.coppice.examples.kv.server;

import io.coppice.examples.kv.server.Shard.Ticket;
import io.coppice.examples.kv.store.Join;
import io.coppice.examples.kv.store.Reply;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The requests of one client that wait for their answers, which must go out in the order in which
 * the requests came in, whichever is ready first.
 */
final class Pipeline {

    /** One request: what its parts have answered so far. */
    private static final class Request {
        final Join join;
        final @Nullable Reply[] replies;
        int missing;

        Request(Join join, int parts) {
            this.join = join;
            this.replies = new Reply[parts];
            this.missing = parts;
        }

        Reply answer() {
            return join.join(Arrays.stream(replies).map(Objects::requireNonNull).toList());
        }
    }

    private final Map<Long, Request> waiting = new HashMap<>();

    /** The number of the first request that waits. */
    private long first;

    /**
     * A request has come.
     *
     * @param number one more than that of the request before
     */
    void add(long number, Join join, int parts) {
        if (waiting.isEmpty()) {
            first = number;
        }
        waiting.put(number, new Request(join, parts));
    }

    /** A request whose answer is known already waits for those before it only. */
    void addAnswered(long number, Reply reply) {
        add(number, new Join.Same(), 1);
        answer(number, 0, reply);
    }

    /** One part is answered. An answer that nobody waits for changes nothing. */
    void answer(Ticket ticket, Reply reply) {
        answer(ticket.request(), ticket.part(), reply);
    }

    private void answer(long number, int part, Reply reply) {
        var request = waiting.get(number);
        if (request != null && request.replies[part] == null) {
            request.replies[part] = reply;
            request.missing--;
        }
    }

    /** Takes out the answers that are next in order. */
    List<Reply> ready() {
        var ready = new ArrayList<Reply>();
        for (var head = waiting.get(first);
                head != null && head.missing == 0;
                head = waiting.get(first)) {
            ready.add(head.answer());
            waiting.remove(first++);
        }
        return ready;
    }

    /** The number of the oldest request that waits, if any does. */
    long first() {
        return first;
    }

    /** How many requests wait. */
    int size() {
        return waiting.size();
    }
}
