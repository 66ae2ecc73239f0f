package io.coppice.spi;

/** The door to random numbers. */
@FunctionalInterface
public interface Chance {

    /** A number from 0 to {@code bound - 1}, each as likely. */
    int below(int bound);
}
