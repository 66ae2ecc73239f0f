package io.coppice.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * What the runner is asked to do.
 *
 * @param help only to explain itself
 * @param check whether to compare with the traces beside the scenarios
 * @param repeat how often to run each scenario
 * @param files the scenarios
 */
record CommandLine(boolean help, boolean check, int repeat, List<String> files) {

    static final String USAGE =
            """
            Runs scenarios on Coppice and prints their traces.

              conformance.jar FILE...            print the trace of each scenario
              conformance.jar --check FILE...    compare each with the .trace beside it
              conformance.jar -                  run the commands typed in, one by one

              --repeat N    run each scenario N times; its traces must all be equal
              --help        print this

            Exit codes: 0 all is well, 1 a trace differs, 2 something cannot be read or run.
            """;

    CommandLine {
        files = List.copyOf(files);
    }

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException if they make no sense; the message says why
     */
    static CommandLine parse(List<String> arguments) {
        boolean help = false;
        boolean check = false;
        int repeat = 1;
        var files = new ArrayList<String>();
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var argument = rest.next();
            switch (argument) {
                case "--help", "-h" -> help = true;
                case "--check" -> check = true;
                case "--repeat" -> repeat = count(rest.hasNext() ? rest.next() : "");
                case "--" -> rest.forEachRemaining(files::add);
                default -> files.add(file(argument));
            }
        }
        if (files.isEmpty() && !help) {
            throw new IllegalArgumentException("no scenario given");
        }
        return new CommandLine(help, check, repeat, files);
    }

    private static int count(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // told below, as is a number out of range
        }
        throw new IllegalArgumentException("--repeat is not a number greater than 0: " + text);
    }

    private static String file(String argument) {
        if (argument.startsWith("-") && !argument.equals("-")) {
            throw new IllegalArgumentException("unknown option: " + argument);
        }
        return argument;
    }
}
