package io.coppice.examples.incidents.mesh.kit;

import static java.util.Comparator.comparingLong;

import java.util.Comparator;

/**
 * When an entry was written, and by whom. All three are compared: two replicas may well write at
 * the same time.
 *
 * @param epoch the life of the owner
 * @param time of Lamport's clock
 * @param replica who wrote it
 */
public record Version(long epoch, long time, String replica) implements Comparable<Version> {

    private static final Comparator<Version> ORDER =
            comparingLong(Version::epoch)
                    .thenComparingLong(Version::time)
                    .thenComparing(Version::replica);

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }
}
