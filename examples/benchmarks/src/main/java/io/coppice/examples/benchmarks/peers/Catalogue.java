package io.coppice.examples.benchmarks.peers;

import io.coppice.examples.benchmarks.programs.Workload;
import io.coppice.examples.benchmarks.programs.Workloads;
import io.coppice.examples.benchmarks.savina.Savina;

import java.util.List;
import java.util.stream.Stream;

/** All workloads there are. */
public final class Catalogue {

    public static final List<List<Workload>> SETS =
            List.of(Workloads.MESSAGES, Workloads.LIVES, Savina.ALL, Workloads.LIMITS);

    public static final List<Workload> ALL = SETS.stream().flatMap(List::stream).toList();

    private Catalogue() {}

    /**
     * The one that is called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Workload named(String name) {
        return Stream.concat(ALL.stream(), Workloads.SCALE.stream())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload: " + name));
    }
}
