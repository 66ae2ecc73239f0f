package io.coppice.examples.kv.driver;

import java.time.Duration;

/**
 * How hard a server is driven.
 *
 * @param clients how many write and read, each over a connection and on keys of its own; 1 or more
 * @param witnesses how many only read, over connections of their own, what the clients count; 0 or
 *     more
 * @param depth how many requests a client sends at most before it waits for answers; 1 or more
 * @param patience how long a client waits for an answer; from 1 ms
 * @param seed what the requests are drawn from
 * @param keyPrefix what every key begins with, so that runs on the same data do not meet
 */
public record Load(
        int clients, int witnesses, int depth, Duration patience, long seed, String keyPrefix) {

    public static final int DEFAULT_CLIENTS = 8;

    public Load {
        atLeast(1, clients, "clients");
        atLeast(0, witnesses, "witnesses");
        atLeast(1, depth, "depth");
        if (patience.toMillis() < 1) throw new IllegalArgumentException("patience: " + patience);
    }

    /** One witness, up to 8 requests at once, a patience of 5 s, and keys named after the seed. */
    public static Load of(int clients, long seed) {
        String prefix = "run-" + Long.toUnsignedString(seed, Character.MAX_RADIX);
        return new Load(clients, 1, 8, Duration.ofSeconds(5), seed, prefix);
    }

    private static void atLeast(int least, int number, String name) {
        if (number < least) throw new IllegalArgumentException(name + ": " + number);
    }
}
