package io.coppice.internal.run;

/**
 * Keeps what a thread writes for each message away from what others read: they would wait for the
 * line of the cache each time. 128 bytes, for processors fetch lines in pairs.
 *
 * <p>A subclass holds what is written; a class nested in that one, with as much room again, is the
 * only one of which there are objects. Fields of one class would be put in another order, and who
 * the neighbour is changes with every collection.
 */
@SuppressWarnings("unused")
abstract class Padding {
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
}
