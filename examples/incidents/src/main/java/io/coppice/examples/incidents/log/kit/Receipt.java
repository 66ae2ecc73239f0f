package io.coppice.examples.incidents.log.kit;

/** What a caller is told who wants something to be sent. */
public sealed interface Receipt {

    /** It is stored, and will be delivered unless it expires. */
    record Stored(long index) implements Receipt {}

    /** The log is full: nothing was done. */
    record Full() implements Receipt {}
}
