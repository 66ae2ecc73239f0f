package io.coppice.testkit.internal;

import java.util.random.RandomGenerator;

/**
 * SplitMix64, written down here so that a seed gives the same numbers on every machine and version.
 *
 * @see <a href="https://prng.di.unimi.it/splitmix64.c">Sebastiano Vigna's reference</a>
 */
final class Dice implements RandomGenerator {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    /** One number out of two, such that near numbers give far ones. */
    static long mix(long seed, long salt) {
        return scramble(scramble(seed + GOLDEN) + salt * GOLDEN);
    }

    private static long scramble(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        return scramble(state);
    }

    /** From 0 up to, but without, {@code bound}, which is greater than zero. */
    int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }
}
