package io.coppice.examples.incidents.log;

import io.coppice.actor.ActorRef;
import io.coppice.actor.SpawnOptions;
import io.coppice.examples.incidents.log.kit.Codec;
import io.coppice.examples.incidents.log.kit.Door;
import io.coppice.examples.incidents.log.kit.Frame;
import io.coppice.process.Pid;
import io.coppice.testkit.Probe;
import io.coppice.testkit.Simulation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** The far side of a door, for somebody who says whatever he likes. */
final class Visitor {

    private final Probe<byte[]> heard;
    private final ActorRef<byte[]> door;

    private Visitor(Probe<byte[]> heard, ActorRef<byte[]> door) {
        this.heard = heard;
        this.door = door;
    }

    /** Comes to a new door, behind which {@code inside} takes what is said. */
    static Visitor to(Simulation simulation, Consumer<Frame> inside) {
        var heard = simulation.<byte[]>probe("visitor");
        var door =
                simulation
                        .node()
                        .<byte[]>start(
                                context -> new Door(context, heard.ref(), inside),
                                SpawnOptions.<byte[]>defaults().withLabel("door"));
        return new Visitor(heard, door);
    }

    Visitor says(byte[] bytes) {
        door.send(bytes);
        return this;
    }

    Visitor says(int version, Frame frame) {
        return says(new Codec(version).write(frame));
    }

    /** What it has been told: frames that come before any version is agreed upon. */
    List<Frame> told() {
        return heard.received().stream()
                .map(bytes -> new Codec(Codec.OLDEST).read(bytes))
                .filter(Codec.Read.Good.class::isInstance)
                .map(read -> ((Codec.Read.Good) read).frame())
                .toList();
    }

    /** The same as it went over the wire, as text. */
    String toldAsText() {
        return heard.received().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .toList()
                .toString();
    }

    Pid door() {
        return door.pid();
    }
}
