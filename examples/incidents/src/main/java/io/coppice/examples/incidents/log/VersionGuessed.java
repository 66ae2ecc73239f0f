package io.coppice.examples.incidents.log;

import io.coppice.examples.incidents.log.kit.Code;
import io.coppice.examples.incidents.log.kit.Codec;
import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.examples.incidents.log.kit.Key;
import io.coppice.examples.incidents.log.kit.Versions;
import io.coppice.examples.incidents.stage.Elsewhere;
import io.coppice.examples.incidents.stage.Facts;
import io.coppice.examples.incidents.stage.Incident;
import io.coppice.examples.incidents.stage.Story;
import io.coppice.testkit.Simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Peers of all ages, newer ones than this side included. */
public final class VersionGuessed implements Incident {

    private static final Key KEY = new Key("worker", 1);

    /** All ranges from 1 to 4; this side speaks 1 and 2. */
    private static final List<Versions> PEERS =
            IntStream.rangeClosed(1, 4)
                    .boxed()
                    .flatMap(
                            lowest ->
                                    IntStream.rangeClosed(lowest, 4)
                                            .mapToObj(highest -> new Versions(lowest, highest)))
                    .toList();

    @Override
    public Story story() {
        return Story.of("version-guessed", "An unknown version is served with a default")
                .from("R13")
                .elsewhere(
                        "If the version of a peer is not known, the newest is taken, and it is"
                                + " served in what it does not speak.")
                .here(
                        "The first frame names all versions that the peer speaks. The newest that"
                                + " both do is told, or that there is none (log.kit). What was"
                                + " agreed upon is a field of the connection's process, so a peer"
                                + " that comes back newer is a new process, and agrees anew.");
    }

    private static Facts facts(long guessed, long silent, boolean upgraded) {
        return Facts.of("peers served in what they do not speak, of 10", guessed)
                .and("peers turned away without a word", silent)
                .and("one that comes back newer is understood", upgraded);
    }

    @Override
    public Facts right() {
        return facts(0, 0, true);
    }

    @Override
    public Elsewhere elsewhere() {
        var served =
                PEERS.stream().filter(peer -> !speaks(peer, assumedFor(peer.highest()))).count();
        return Elsewhere.reenacted(facts(served, 0, true));
    }

    private static int assumedFor(int version) {
        return version <= Codec.NEWEST ? version : Codec.NEWEST;
    }

    private static boolean speaks(Versions peer, int version) {
        return peer.lowest() <= version && version <= peer.highest();
    }

    @Override
    public Facts here() {
        return facts(
                Tries.once(run -> PEERS.stream().filter(it -> isGuessed(run, it)).count()),
                Tries.once(run -> PEERS.stream().filter(it -> isSilent(run, it)).count()),
                Tries.once(VersionGuessed::understood) == 2);
    }

    private static List<Frame> answers(Simulation simulation, Versions peer) {
        var visitor = Visitor.to(simulation, frame -> {});
        visitor.says(1, new Frame.Hello(KEY, peer.lowest(), peer.highest()));
        simulation.settle();
        return visitor.told();
    }

    private static boolean isGuessed(Simulation simulation, Versions peer) {
        return answers(simulation, peer).stream()
                .anyMatch(it -> it instanceof Frame.Welcome(var version) && !speaks(peer, version));
    }

    private static boolean isSilent(Simulation simulation, Versions peer) {
        boolean fits = peer.lowest() <= Codec.NEWEST;
        return answers(simulation, peer).stream()
                .noneMatch(
                        it ->
                                fits
                                        ? it instanceof Frame.Welcome
                                        : it instanceof Frame.Failed failed
                                                && failed.code() == Code.NO_COMMON_VERSION);
    }

    /** The same is said in the old version, and again in the new one after an upgrade. */
    private static long understood(Simulation simulation) {
        List<Frame> inside = new ArrayList<>();
        var ack = new Frame.Ack(KEY, 7);
        Visitor.to(simulation, inside::add).says(1, new Frame.Hello(KEY, 1, 1)).says(1, ack);
        simulation.settle();
        Visitor.to(simulation, inside::add).says(1, new Frame.Hello(KEY, 1, 2)).says(2, ack);
        simulation.settle();
        return inside.stream().filter(ack::equals).count();
    }
}
