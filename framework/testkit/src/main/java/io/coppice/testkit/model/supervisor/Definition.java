package io.coppice.testkit.model.supervisor;

import java.util.List;

/**
 * A supervisor as it is written, right or wrong.
 *
 * @param flags of the supervisor
 * @param children in the order in which they are started
 */
public record Definition(Words flags, List<Written> children) {

    public Definition {
        children = List.copyOf(children);
    }

    /** A child as it is written. */
    public record Written(String id, Words spec) {}
}
