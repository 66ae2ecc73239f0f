package io.coppice.examples.incidents.mesh.kit;

import java.util.List;
import java.util.Map;

/**
 * What a peer tells another one in a round.
 *
 * @param to for which life of the other all but the fences is meant
 * @param fences the last life of each node that is over
 * @param floor what {@code from} wrote until then and the other has not got was deleted
 * @param entries what the other may not know
 * @param acks what it has told
 */
public record Packet(
        Owner from,
        Owner to,
        Map<String, Long> fences,
        long floor,
        List<Entry> entries,
        List<Ack> acks) {

    /** That {@code version} of a slot, or a later one, has come. */
    public record Ack(Slot slot, Version version) {}

    /** Nothing but that {@code from} lives, and who does not. */
    static Packet hello(Owner from, Owner to, Map<String, Long> fences) {
        return new Packet(from, to, fences, 0, List.of(), List.of());
    }

    public Packet {
        fences = Map.copyOf(fences);
        entries = List.copyOf(entries);
        acks = List.copyOf(acks);
    }
}
