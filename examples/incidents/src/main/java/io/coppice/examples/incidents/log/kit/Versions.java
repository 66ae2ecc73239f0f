package io.coppice.examples.incidents.log.kit;

import java.util.OptionalInt;

/**
 * The versions that one side speaks.
 *
 * @param lowest the oldest, 1 or more
 * @param highest the newest, not below {@code lowest}
 */
public record Versions(int lowest, int highest) {

    /** All that there are. */
    public static final Versions ALL = new Versions(Codec.OLDEST, Codec.NEWEST);

    public Versions {
        if (lowest < 1 || highest < lowest) {
            throw new IllegalArgumentException("versions: " + lowest + " to " + highest);
        }
    }

    /** The newest that both speak. */
    public OptionalInt common(Versions theirs) {
        int newest = Math.min(highest, theirs.highest);
        return newest < Math.max(lowest, theirs.lowest)
                ? OptionalInt.empty()
                : OptionalInt.of(newest);
    }
}
