package io.coppice.examples.benchmarks.programs;

import java.util.List;
import java.util.Set;

/**
 * Something that is run on every peer that can do it.
 *
 * @param name what it is called on the command line and in tables
 * @param unit in what its outcome is told
 * @param size of every run, or 0 if a run is to take long enough for its start not to count
 * @param on whose runtimes can do it
 * @param flags what its JVM is started with besides
 * @param body what it does
 */
public record Workload(
        String name, Unit unit, int size, Set<Family> on, List<String> flags, Body body) {

    private static final Set<Family> RUNTIMES =
            Set.of(Family.COPPICE, Family.PEKKO, Family.VIRTUAL_THREADS, Family.ERLANG);

    /** One run. */
    @FunctionalInterface
    public interface Body {
        /**
         * Runs once. The meter is on; a body that has to prepare starts it again when ready.
         *
         * @param size about how many messages, or actors
         * @return how many there were
         */
        long run(Run run, int size) throws Exception;
    }

    public Workload {
        on = Set.copyOf(on);
        flags = List.copyOf(flags);
    }

    /** Runs are as long as need be, on every runtime. */
    public static Workload of(String name, Body body) {
        return new Workload(name, Unit.MILLIONS, 0, RUNTIMES, List.of(), body);
    }

    Workload in(Unit unit) {
        return new Workload(name, unit, size, on, flags, body);
    }

    Workload sized(int size) {
        return new Workload(name, unit, size, on, flags, body);
    }

    public Workload only(Family... families) {
        return new Workload(name, unit, size, Set.of(families), flags, body);
    }

    Workload with(String name, String... flags) {
        return new Workload(name, unit, size, on, List.of(flags), body);
    }

    /** Whether one run says it all, so that there is nothing to warm up. */
    public boolean isOnce() {
        return unit == Unit.BYTES;
    }

    /**
     * Runs once on {@code peer}.
     *
     * @return how much was done
     */
    public long run(Peer peer, Meter meter, int size) throws Exception {
        var run = new Run(peer, meter);
        meter.start();
        long operations = body.run(run, size);
        meter.stop();
        run.end();
        return operations;
    }
}
