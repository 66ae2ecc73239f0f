package io.coppice.examples.benchmarks.peers;

import io.coppice.actor.NodeOptions;
import io.coppice.examples.benchmarks.programs.Family;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Workload;
import io.coppice.examples.benchmarks.programs.Workloads;

import java.util.List;
import java.util.function.Supplier;

/** A runtime in one of its configurations. */
public enum Contestant {
    COPPICE("Coppice", Family.COPPICE, () -> new CoppicePeer(NodeOptions.defaults())),
    COPPICE_1(
            "Coppice, 1 worker",
            Family.COPPICE,
            () -> new CoppicePeer(NodeOptions.defaults().withWorkers(1))),
    COPPICE_8(
            "Coppice, 8 workers",
            Family.COPPICE,
            () -> new CoppicePeer(NodeOptions.defaults().withWorkers(8))),
    COPPICE_PARALLEL(
            "Coppice, ParallelGC",
            Family.COPPICE,
            () -> new CoppicePeer(NodeOptions.defaults()),
            "-XX:+UseParallelGC"),
    COPPICE_SEEN(
            "Coppice, listened to",
            Family.COPPICE,
            () -> new CoppicePeer(NodeOptions.defaults().withListener(event -> {}))),
    PEKKO("Pekko", Family.PEKKO, PekkoPeer::asItComes),
    PEKKO_2("Pekko, 2 threads", Family.PEKKO, () -> PekkoPeer.with(2)),
    PEKKO_1("Pekko, 1 thread", Family.PEKKO, () -> PekkoPeer.with(1)),
    VIRTUAL_THREADS("virtual threads", Family.VIRTUAL_THREADS, VirtualThreadPeer::new),

    /** In a machine of its own; see {@link Erlang}. */
    ERLANG(
            "Erlang/OTP",
            Family.ERLANG,
            () -> {
                throw new UnsupportedOperationException("not in a JVM");
            }),

    OBJECTS("plain objects", Family.OBJECTS, PlainObjectPeer::new);

    public final String words;
    public final Family family;
    final List<String> flags;
    private final Supplier<Peer> maker;

    Contestant(String words, Family family, Supplier<Peer> maker, String... flags) {
        this.words = words;
        this.family = family;
        this.maker = maker;
        this.flags = List.of(flags);
    }

    Peer make() {
        return maker.get();
    }

    /** Whether it runs {@code workload}: variants of ours run the messages only. */
    boolean takesPartIn(Workload workload) {
        boolean isVariant = this == COPPICE_8 || this == COPPICE_PARALLEL || this == COPPICE_SEEN;
        return workload.on().contains(family)
                && (!isVariant || Workloads.MESSAGES.contains(workload));
    }
}
