package io.coppice.examples.kv.server;

import io.coppice.examples.kv.store.Reply;

/**
 * What a client is told when a shard is gone and none takes its place. The first word says whether
 * it may ask again: {@code TRYAGAIN}, it was not carried out; {@code UNKNOWN}, it may have been.
 */
final class Outage {

    private Outage() {}

    static Reply of(int shard, Route.Waiting request) {
        return request.doubtful() && request.command().writes()
                ? new Reply.Error(
                        "UNKNOWN shard %d ended before it answered: the command may or may not have been carried out"
                                .formatted(shard))
                : new Reply.Error(
                        "TRYAGAIN shard %d is not there; the command was not carried out"
                                .formatted(shard));
    }
}
