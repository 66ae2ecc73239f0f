package io.coppice.examples.kv.store;

/**
 * A well-formed request: {@link Commands} makes it from what a client sent.
 *
 * <p>It is either for the data, and then a {@link Plan} says which shards answer it, or for the
 * connection it came over.
 */
public sealed interface Command permits StoreCommand, ConnectionCommand {}
