package io.coppice.examples.benchmarks.programs;

/** Whose a runtime is. */
public enum Family {
    COPPICE,
    PEKKO,
    VIRTUAL_THREADS,
    ERLANG
}
