package io.coppice.examples.benchmarks.peers;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * One program on one peer, in a JVM of its own: {@code contestant program warm-up-seconds seconds}.
 * Prints a {@link Score}.
 */
final class Fork {

    private static final int SMALLEST = 20_000;
    private static final int LARGEST = 200_000_000;
    private static final long LONG_ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private final Peer peer;
    private final Program program;
    private int size = SMALLEST;

    private Fork(Peer peer, Program program) {
        this.peer = peer;
        this.program = program;
    }

    public static void main(String[] arguments) throws Exception {
        var contestant = Contestant.valueOf(arguments[0]);
        try (var peer = contestant.make()) {
            var fork = new Fork(peer, Program.valueOf(arguments[1]));
            fork.run(nanos(arguments[2]));
            System.out.println(fork.run(nanos(arguments[3])));
        }
        System.exit(0); // a peer may leave threads behind
    }

    private static long nanos(String seconds) {
        return (long) (Double.parseDouble(seconds) * 1e9);
    }

    private Score run(long nanos) throws InterruptedException {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        long operations = 0;
        long last = start;
        while (last - start < nanos) {
            var run = new Program.Run(peer);
            operations += program.run(run, size);
            run.end();
            long now = System.nanoTime();
            if (now - last < LONG_ENOUGH_NANOS && size < LARGEST / 2) {
                size *= 2; // so that starting the actors does not count
            }
            last = now;
        }
        return new Score(operations, last - start, cpuNanos() - cpu);
    }

    private static long cpuNanos() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean measured
                ? measured.getProcessCpuTime()
                : 0;
    }
}
