package io.coppice.spi;

/** The door to random numbers. */
@FunctionalInterface
public interface Chance {

    /** Any number from 0 up to, but without, 1, each as likely as another. */
    double nextDouble();
}
