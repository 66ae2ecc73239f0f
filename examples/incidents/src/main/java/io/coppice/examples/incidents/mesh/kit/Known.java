package io.coppice.examples.incidents.mesh.kit;

import io.coppice.examples.incidents.mesh.kit.Packet.Ack;
import io.vavr.collection.Map;
import io.vavr.collection.TreeMap;

/**
 * What a peer knows of another one, in its present life.
 *
 * @param epoch that life; 0 if nothing has been heard of it
 * @param has what it is known to have, by slot, or is past
 * @param owed what it is still to be told that it has come
 */
record Known(long epoch, Map<Slot, Version> has, Map<Slot, Version> owed) {

    static final Known NOBODY = inLife(0);

    /** One of which nothing is known but that it lives. */
    static Known inLife(long epoch) {
        return new Known(epoch, TreeMap.empty(), TreeMap.empty());
    }

    boolean has(Entry entry) {
        return has.get(entry.slot()).exists(version -> version.compareTo(entry.version()) >= 0);
    }

    /** {@link #has}, with a {@link Flaw}. */
    boolean hasByTime(Entry entry) {
        return has.exists(
                it ->
                        it._1.key().equals(entry.slot().key())
                                && it._2.time() >= entry.version().time());
    }

    Known having(Slot slot, Version version) {
        return new Known(epoch, has.put(slot, version, Known::later), owed);
    }

    Known owing(Ack ack) {
        return new Known(epoch, has, owed.put(ack.slot(), ack.version(), Known::later));
    }

    Known owingNothing() {
        return new Known(epoch, has, TreeMap.empty());
    }

    /** Without what is known of slots that there are no more. */
    Known within(Table table) {
        return new Known(epoch, has.filterKeys(slot -> table.at(slot).isPresent()), owed);
    }

    private static Version later(Version one, Version other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
