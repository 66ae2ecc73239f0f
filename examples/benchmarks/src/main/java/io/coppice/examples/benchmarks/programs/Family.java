package io.coppice.examples.benchmarks.programs;

/** Whose a runtime is. */
public enum Family {
    COPPICE,
    PEKKO,
    VIRTUAL_THREADS,
    ERLANG,

    /** Nobody's: plain objects, to which only what grows with their number is compared. */
    OBJECTS
}
