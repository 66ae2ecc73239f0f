package io.coppice.examples.incidents.mesh.kit;

import io.vavr.collection.Map;
import io.vavr.collection.TreeMap;

/** What a peer has counted in its life. */
public record Tally(Map<Tally.Of, Long> counts) {

    /** What is counted. */
    public enum Of {
        /** Writes of its own. */
        WRITTEN,
        /** Refused: written by one who is not the owner. */
        NOT_THE_OWNER,
        /** Refused: of a life that is over. */
        FENCED,
        /** Refused: older than what all have agreed on as past. */
        PAST,
        /** Packets or entries that could not be read. */
        UNDECODABLE,
        /** Lives that it has declared over. */
        DECLARED_DEAD,
        /** Times that a worker of its own was held back because there was no room. */
        HELD_BACK
    }

    static final Tally NONE = new Tally(TreeMap.empty());

    Tally plus(Of what) {
        return new Tally(counts.put(what, of(what) + 1));
    }

    /** How often. */
    public long of(Of what) {
        return counts.getOrElse(what, 0L);
    }
}
