package io.coppice.examples.benchmarks.programs;

/** How much of the heap those hold who do nothing. */
final class Weight {

    private Weight() {}

    static Workload.Body of(Peer.Idle how) {
        return (run, number) -> {
            var all = new Object[number];
            long before = Meter.heapBytes();
            run.peer().idle(all, how);
            run.meter().keeps(Meter.heapBytes() - before);
            return all.length;
        };
    }
}
