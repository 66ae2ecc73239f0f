package io.coppice.examples.benchmarks.peers;

import io.coppice.examples.benchmarks.programs.Meter;
import io.coppice.examples.benchmarks.programs.Peer;
import io.coppice.examples.benchmarks.programs.Score;
import io.coppice.examples.benchmarks.programs.Workload;

import jdk.jfr.Configuration;
import jdk.jfr.Recording;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;

/**
 * One workload on one peer, in a JVM of its own: {@code contestant workload warm-up-seconds seconds
 * [recording]}. Prints a {@link Score}; what comes after the warm-up is recorded if wanted.
 */
final class Fork {

    private static final int SMALLEST = 20_000;
    private static final int LARGEST = 200_000_000;
    private static final long LONG_ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private final Peer peer;
    private final Workload workload;
    private int size;

    private Fork(Peer peer, Workload workload) {
        this.peer = peer;
        this.workload = workload;
        this.size = workload.size() == 0 ? SMALLEST : workload.size();
    }

    public static void main(String[] arguments) throws Exception {
        var contestant = Contestant.valueOf(arguments[0]);
        try (var peer = contestant.make()) {
            var fork = new Fork(peer, Catalogue.named(arguments[1]));
            if (!fork.workload.isOnce()) {
                fork.run(nanos(arguments[2]));
            }
            try (var recording = arguments.length > 4 ? recordTo(arguments[4]) : null) {
                System.out.println(fork.run(fork.workload.isOnce() ? 0 : nanos(arguments[3])));
            }
            System.out.flush();
            Runtime.getRuntime().halt(0); // a million actors need not be ended one by one
        }
    }

    /**
     * Only where one is wanted: where the recorder begins, HotSpot takes back what it has compiled
     * of {@link Throwable}.
     */
    private static Recording recordTo(String file) throws IOException, ParseException {
        var recording = new Recording(Configuration.getConfiguration("profile"));
        recording.setDestination(Path.of(file));
        recording.start();
        return recording;
    }

    private static long nanos(String seconds) {
        return (long) (Double.parseDouble(seconds) * 1e9);
    }

    private Score run(long nanos) throws Exception {
        var meter = new Meter();
        long start = System.nanoTime();
        long operations = 0;
        long laps = 0;
        long last = start;
        do {
            operations += workload.run(peer, meter, size);
            laps++;
            long now = System.nanoTime();
            if (workload.size() == 0 && now - last < LONG_ENOUGH_NANOS && size < LARGEST / 2) {
                size *= 2; // so that starting the actors does not count
            }
            last = now;
        } while (last - start < nanos);
        return meter.score(operations, laps);
    }
}
