package io.coppice.examples.benchmarks;

import java.io.PrintStream;
import java.util.Map;

/** One program of this module. */
interface Measurement {

    /** What it is called on the command line. */
    String name();

    /** What it shows, in a line. */
    String purpose();

    /** Its options, all numbers, with their defaults. */
    Map<String, Double> defaults();

    /**
     * Measures, and prints what it finds.
     *
     * @return whether all that it checks holds
     */
    boolean run(Options options, PrintStream out) throws Exception;
}
