package io.coppice.supervision.laws;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What deaths in a tree lead to. Of more than one death, the most: in which order they come is not
 * known.
 *
 * @param restarted the paths of those who are started again
 * @param gone of those who are not, though they have ended
 * @param isTheEnd whether the root ends
 */
record Reach(Set<String> restarted, Set<String> gone, boolean isTheEnd) {

    static final Reach NOBODY = new Reach(Set.of(), Set.of(), false);

    static Reach restarted(Collection<String> paths) {
        return new Reach(Set.copyOf(paths), Set.of(), false);
    }

    static Reach gone(Collection<String> paths) {
        return new Reach(Set.of(), Set.copyOf(paths), false);
    }

    /** The root ends, and with it all at {@code paths}. */
    static Reach end(Collection<String> paths) {
        return new Reach(Set.of(), Set.copyOf(paths), true);
    }

    /** Both. */
    Reach and(Reach other) {
        return new Reach(
                union(restarted, other.restarted),
                union(gone, other.gone),
                isTheEnd || other.isTheEnd);
    }

    /** All who have another process then, or none. */
    Set<String> all() {
        return union(restarted, gone);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        var all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
