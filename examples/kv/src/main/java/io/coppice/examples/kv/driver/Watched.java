package io.coppice.examples.kv.driver;

/**
 * A counter that one client counts upwards while others look on. Whoever reads it while it is
 * between {@code floor}, taken before asking, and {@code ceiling}, taken after the answer, was told
 * the truth.
 */
final class Watched {

    private final String key;
    private volatile long floor;
    private volatile long ceiling;

    Watched(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** An acknowledged value: the counter never goes below it again. */
    long floor() {
        return floor;
    }

    /** The highest value that anybody may have made it so far. */
    long ceiling() {
        return ceiling;
    }

    /** To be called by its client before it counts from {@code value} to the next. */
    void counting(long value) {
        ceiling = Math.max(ceiling, value + 1);
    }

    /** To be called by its client when it knows the value. */
    void counted(long value) {
        floor = value;
    }
}
