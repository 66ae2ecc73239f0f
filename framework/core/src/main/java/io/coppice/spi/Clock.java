package io.coppice.spi;

/** The door to time. */
@FunctionalInterface
public interface Clock {

    /** Nanoseconds since an arbitrary moment; never goes back. */
    long nanoTime();
}
