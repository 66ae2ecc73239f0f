package io.coppice.examples.benchmarks.programs;

import static io.coppice.examples.benchmarks.programs.Family.COPPICE;
import static io.coppice.examples.benchmarks.programs.Family.ERLANG;
import static io.coppice.examples.benchmarks.programs.Family.OBJECTS;
import static io.coppice.examples.benchmarks.programs.Family.PEKKO;
import static io.coppice.examples.benchmarks.programs.Family.VIRTUAL_THREADS;

import java.util.List;
import java.util.stream.Stream;

/** What performance is told by. */
public final class Workloads {

    private static final int MANY = 100_000;
    private static final int MILLION = 1_000_000;
    private static final String COMPACT = "-XX:+UseCompactObjectHeaders";

    /** Of what is plotted by {@link #SCALE}. */
    public static final List<Integer> SIZES = List.of(1_000, 10_000, MANY, MILLION);

    private Workloads() {}

    /** Messages to and fro. */
    public static final List<Workload> MESSAGES =
            List.of(
                    Workload.of("pingpong1", (run, size) -> PingPong.run(run, 1, size)),
                    Workload.of("pingpong64", (run, size) -> PingPong.run(run, 64, size)),
                    Workload.of("ring503", (run, size) -> Ring.run(run, 503, size)),
                    Workload.of(
                            "fanin8", (run, size) -> FanIn.run(run, 8, size, Integer.MAX_VALUE)),
                    Workload.of("fanin8ack", (run, size) -> FanIn.run(run, 8, size, 100)),
                    Workload.of("big256", Big::run),
                    Workload.of("spawnstop", SpawnStop::run),
                    Workload.of("fjthrput60", ForkJoin::run),
                    Workload.of("chameneos100", Chameneos::run));

    /** Lives and deaths, and what they weigh. */
    public static final List<Workload> LIVES =
            List.of(
                    Workload.of("restarts-trace", Restarts::withTrace),
                    Workload.of("restarts", Restarts::withoutTrace),
                    tied("chain-1k", 1_000, Ties::chain),
                    tied("chain-100k", MANY, Ties::chain),
                    tied("chain-1m", MILLION, Ties::chain),
                    tied("star-100k", MANY, Ties::star),
                    tied("monitors-100k", MANY, Ties::monitors),
                    tied("family-start", MANY, (run, size) -> Families.start(run, size)),
                    tied("family-stop", MANY, (run, size) -> Families.stop(run, size)),
                    call("call-idle", Calls::idle),
                    call("call-busy", Calls::busy).sized(2_000),
                    weight("idle", Peer.Idle.ACTOR),
                    weight("idle", Peer.Idle.ACTOR)
                            .only(COPPICE, PEKKO, VIRTUAL_THREADS)
                            .with("idle-compact", COMPACT),
                    ours(weight("idle-supervised", Peer.Idle.SUPERVISED)),
                    ours(
                            weight("idle-supervised", Peer.Idle.SUPERVISED)
                                    .with("idle-supervised-compact", COMPACT)),
                    ours(weight("idle-program", Peer.Idle.THREAD)),
                    ours(
                            weight("idle-program", Peer.Idle.THREAD)
                                    .with("idle-program-compact", COMPACT)));

    /** What others must not cost, and what nothing can go below. */
    public static final List<Workload> LIMITS =
            List.of(
                    ours(Workload.of("floor", Floor::run)),
                    ours(Workload.of("free8", Waits::free)),
                    ours(Workload.of("blocked8", Waits::blocked)),
                    ours(wait("wait-blocked", Waits::whileBlocked)),
                    ours(wait("wait-busy", Waits::whileBusy)),
                    ours(wait("wait-slot", Waits::behindLongHandler)));

    /** The same with a thousand processes as with a million. */
    public static final List<Workload> SCALE =
            Stream.of(
                            scale("spawn", Spawning::run),
                            scale("message", (run, size) -> Ring.run(run, size, MILLION)),
                            scale("chain", Ties::chain),
                            scale("star", Ties::star))
                    .flatMap(List::stream)
                    .toList();

    private static List<Workload> scale(String kind, Workload.Body body) {
        return SIZES.stream()
                .map(size -> Workload.of(kind + " of " + size, body).sized(size))
                .map(workload -> workload.only(COPPICE, OBJECTS))
                .toList();
    }

    private static Workload tied(String name, int size, Workload.Body body) {
        return Workload.of(name, body).in(Unit.MILLIS).sized(size).only(COPPICE, PEKKO, ERLANG);
    }

    private static Workload call(String name, Workload.Body body) {
        return Workload.of(name, body).in(Unit.MICROS_AT_50);
    }

    private static Workload weight(String name, Peer.Idle how) {
        return Workload.of(name, Weight.of(how)).in(Unit.BYTES).sized(MILLION);
    }

    private static Workload wait(String name, Workload.Body body) {
        return Workload.of(name, body).in(Unit.MICROS_AT_99).sized(1);
    }

    private static Workload ours(Workload workload) {
        return workload.only(COPPICE);
    }
}
