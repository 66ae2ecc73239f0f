package io.coppice.examples.benchmarks;

import io.coppice.examples.benchmarks.peers.Comparison;

import java.io.PrintStream;
import java.util.Map;

/** How fast messages go, beside Apache Pekko and plain virtual threads. */
final class Peers implements Measurement {

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public String purpose() {
        return "the same programs on Coppice, Pekko and virtual threads, in turns";
    }

    @Override
    public Map<String, Double> defaults() {
        return Map.of("rounds", 5.0, "warm-up", 3.0, "seconds", 1.5, "program", 0.0);
    }

    @Override
    public boolean run(Options options, PrintStream out) throws Exception {
        var comparison =
                new Comparison(
                        options.seconds("warm-up").toNanos() / 1e9,
                        options.seconds("seconds").toNanos() / 1e9);
        comparison.run(options.count("rounds"), options.count("program"), out);
        return true;
    }
}
