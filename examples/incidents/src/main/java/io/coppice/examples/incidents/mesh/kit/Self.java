package io.coppice.examples.incidents.mesh.kit;

import java.util.List;
import java.util.Set;

/**
 * What a peer is told when it starts.
 *
 * @param others all nodes there may ever be but its own
 * @param limit how many entries there may be before it holds back workers of its own
 * @param flaws what is wrong with it
 */
public record Self(Owner me, List<String> others, int limit, Set<Flaw> flaws) {

    boolean is(Flaw flaw) {
        return flaws.contains(flaw);
    }

    boolean isMe(String node) {
        return me.node().equals(node);
    }
}
