package io.coppice.examples.incidents.mesh.kit;

/**
 * Who may write an entry: a node, in one of its lives.
 *
 * @param epoch which life, counted from 1; 0 for one that nobody has heard of yet
 */
public record Owner(String node, long epoch) {

    /** Whether this life is over, if {@code fence} is the last one that is. */
    boolean isOver(long fence) {
        return epoch <= fence;
    }
}
