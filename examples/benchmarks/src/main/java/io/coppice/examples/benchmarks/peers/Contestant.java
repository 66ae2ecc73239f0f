package io.coppice.examples.benchmarks.peers;

import io.coppice.actor.NodeOptions;

import java.util.function.Supplier;

/** A peer in one of its configurations. */
enum Contestant {
    COPPICE("Coppice", () -> new CoppicePeer(NodeOptions.defaults())),
    COPPICE_1("Coppice, 1 worker", () -> new CoppicePeer(NodeOptions.defaults().withWorkers(1))),
    PEKKO("Pekko", PekkoPeer::asItComes),
    PEKKO_2("Pekko, 2 threads", () -> PekkoPeer.with(2)),
    PEKKO_1("Pekko, 1 thread", () -> PekkoPeer.with(1)),
    VIRTUAL_THREADS("virtual threads", VirtualThreadPeer::new);

    final String words;
    private final Supplier<Peer> maker;

    Contestant(String words, Supplier<Peer> maker) {
        this.words = words;
        this.maker = maker;
    }

    Peer make() {
        return maker.get();
    }

    /** Whether it is ours. */
    boolean isOurs() {
        return this == COPPICE || this == COPPICE_1;
    }
}
