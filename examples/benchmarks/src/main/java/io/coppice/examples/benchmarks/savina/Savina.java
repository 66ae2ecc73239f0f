package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Workload;

import java.util.List;

/** All there are. Each of them checks what it has come to. */
public final class Savina {

    public static final List<Workload> ALL = List.of();

    private Savina() {}
}
