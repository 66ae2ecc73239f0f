package io.coppice.examples.incidents.mesh.kit;

/**
 * What a node says of a key. It cannot be made without its owner, so nobody ever sees one whose
 * origin is not known yet.
 *
 * @param claimed the time at which the owner took the key: of two owners the earlier one has it
 */
public record Entry(Slot slot, Version version, long claimed, State state) {

    /** What is said. */
    public sealed interface State {

        /** There is such a worker. */
        record Present(Spec spec) implements State {}

        /** There was one. A tombstone. */
        record Deleted() implements State {}

        /**
         * There is one, of which this node cannot read what is said. It is passed on as it came.
         *
         * @param bytes what cannot be read, in hexadecimal digits
         * @param why for people
         */
        record Undecodable(String bytes, String why) implements State {}
    }

    /** Who may write it. */
    public Owner owner() {
        return new Owner(slot.node(), version.epoch());
    }

    /** Whether it was written by the one who may. */
    boolean isOwnersWord() {
        return version.replica().equals(slot.node());
    }

    /** Whether it is a tombstone. */
    public boolean isDeleted() {
        return state instanceof State.Deleted;
    }
}
