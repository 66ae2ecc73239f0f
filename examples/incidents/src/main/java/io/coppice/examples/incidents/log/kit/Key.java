package io.coppice.examples.incidents.log.kit;

/**
 * Whose log it is.
 *
 * @param peer for whom its entries are, not blank
 * @param incarnation which life of the peer, 1 for the first: each has a log of its own
 */
public record Key(String peer, long incarnation) {

    public Key {
        if (peer.isBlank()) {
            throw new IllegalArgumentException("peer is blank: \"" + peer + "\"");
        }
        if (incarnation < 1) {
            throw new IllegalArgumentException("incarnation: " + incarnation);
        }
    }

    /** For example {@code worker#2}. */
    @Override
    public String toString() {
        return peer + "#" + incarnation;
    }

    /** The next life of the same peer. */
    public Key next() {
        return new Key(peer, Math.addExact(incarnation, 1));
    }
}
