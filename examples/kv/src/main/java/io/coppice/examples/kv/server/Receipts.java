package io.coppice.examples.kv.server;

import io.coppice.examples.kv.server.Shard.Ticket;
import io.coppice.examples.kv.store.Effect;
import io.coppice.examples.kv.store.Reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * What a shard has answered to requests that changed something, until it knows that the answers
 * have arrived. They are in its log, so its successor knows them too: a request that comes again is
 * answered from here and not carried out twice.
 */
final class Receipts {

    private final Map<Long, TreeMap<Long, Map<Integer, Reply>>> byClient = new HashMap<>();

    void keep(Effect.Receipt receipt) {
        byClient.computeIfAbsent(receipt.client(), none -> new TreeMap<>())
                .computeIfAbsent(receipt.request(), none -> new HashMap<>(2))
                .put(receipt.part(), receipt.reply());
    }

    Optional<Reply> find(Ticket ticket) {
        return Optional.ofNullable(byClient.get(ticket.client()))
                .map(requests -> requests.get(ticket.request()))
                .map(parts -> parts.get(ticket.part()));
    }

    /** The client has got the answers of all requests before {@code request}. */
    void forgetBefore(long client, long request) {
        var requests = byClient.get(client);
        if (requests != null) {
            requests.headMap(request).clear();
        }
    }

    /** Forgets clients that have left. */
    void forgetUnless(LongPredicate present) {
        byClient.keySet().removeIf(client -> !present.test(client));
    }

    /** All of them, to be logged again where older segments are given up. */
    List<Effect> all() {
        var all = new ArrayList<Effect>();
        byClient.forEach(
                (client, requests) ->
                        requests.forEach(
                                (request, parts) ->
                                        parts.forEach(
                                                (part, reply) ->
                                                        all.add(
                                                                new Effect.Receipt(
                                                                        client, request, part,
                                                                        reply)))));
        return all;
    }
}
