package io.coppice.internal.run;

/**
 * Keeps what a worker writes for each message away from what others read: they would wait for the
 * line of the cache each time. One line on each side, for there may be a seat for each program.
 *
 * <p>A subclass holds what is written, and a subclass of that, {@code Padded}, as much room again:
 * fields of one class would be put in another order. Who the neighbours are changes with every
 * collection. One field is an {@code int}, or HotSpot would put one of the subclass before the
 * room, into the gap behind the header.
 */
@SuppressWarnings("unused")
abstract class Padding {
    private int gap;
    private long p0, p1, p2, p3, p4, p5, p6, p7;
}
