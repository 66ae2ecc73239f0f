package io.coppice.examples.benchmarks.savina;

import io.coppice.examples.benchmarks.programs.Family;
import io.coppice.examples.benchmarks.programs.Workload;

import java.util.List;

/** All there are. Each of them checks what it has come to. */
public final class Savina {

    public static final List<Workload> ALL =
            List.of(
                    of("counting", Counting::run),
                    of("fjcreate", Creating::run),
                    of("philosophers", Philosophers::run),
                    of("banking", Banking::run),
                    of("sieve", Sieve::run),
                    of("dictionary", Dictionary::run),
                    of("bounded-buffer", BoundedBuffer::run),
                    of("smokers", Smokers::run),
                    of("barber", Barber::run),
                    of("logistic-map", LogisticMap::run),
                    of("radix-sort", RadixSort::run),
                    of("quicksort", Quicksort::run));

    private Savina() {}

    private static Workload of(String name, Workload.Body body) {
        return Workload.of(name, body).only(Family.COPPICE, Family.PEKKO, Family.VIRTUAL_THREADS);
    }

    /** Dies unless {@code found} is what it should be. */
    static void require(String what, long wanted, long found) {
        if (found != wanted) {
            throw new IllegalStateException(what + ": " + found + ", should be " + wanted);
        }
    }

    /** Of a message that nobody expects. */
    static IllegalArgumentException unexpected(Object message) {
        return new IllegalArgumentException("message: " + message);
    }
}
