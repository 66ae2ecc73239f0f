package io.coppice.examples.incidents.mesh.kit;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/** Where one node, and nobody else, says what it has under a key. */
public record Slot(String key, String node) implements Comparable<Slot> {

    private static final Comparator<Slot> ORDER = comparing(Slot::key).thenComparing(Slot::node);

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }
}
