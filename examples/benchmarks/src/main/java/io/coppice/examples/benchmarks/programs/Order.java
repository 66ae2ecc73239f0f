package io.coppice.examples.benchmarks.programs;

/** Messages that carry nothing. */
public enum Order {
    BEGIN,
    WORK,
    ACK,
    END
}
