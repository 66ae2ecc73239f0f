package io.coppice.examples.incidents.log.kit;

import java.util.List;

/** What goes over a line. */
public sealed interface Frame {

    /** What a receiver says to a sender. */
    sealed interface Upward extends Frame {}

    /**
     * A peer introduces itself.
     *
     * @param lowest the oldest version that it speaks
     * @param highest the newest
     */
    record Hello(Key key, int lowest, int highest) implements Frame {}

    /** It is let in, and this version is spoken from now on. */
    record Welcome(int version) implements Frame {}

    /**
     * It is turned away, or told off. There is no text: what went wrong inside is nobody's business
     * but the log's, in which {@code reference} finds it.
     */
    record Failed(Code code, long reference) implements Frame {}

    /**
     * Entries in order.
     *
     * @param settled all up to this index is done with, and never comes again
     */
    record Deliver(Key key, long settled, List<Entry> entries) implements Frame {
        public Deliver {
            entries = List.copyOf(entries);
        }
    }

    /** All up to {@code upTo} is applied, and will survive. */
    record Ack(Key key, long upTo) implements Upward {}

    /** {@code from} is missing: send from there. */
    record Nack(Key key, long from) implements Upward {}
}
