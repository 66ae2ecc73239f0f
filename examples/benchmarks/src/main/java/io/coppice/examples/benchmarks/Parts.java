package io.coppice.examples.benchmarks;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What each part costs by itself. It is JMH that measures; its benchmarks are among the tests. */
final class Parts implements Measurement {

    @Override
    public String name() {
        return "parts";
    }

    @Override
    public String purpose() {
        return "queue, schedule, link, exit, spawn, restart and call, one by one, by JMH";
    }

    @Override
    public Map<String, Double> defaults() {
        return Map.of("forks", 3.0, "warm-ups", 3.0, "iterations", 5.0);
    }

    @Override
    public boolean run(Options options, PrintStream out) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jmh.Main",
                        "benchmarks.parts.Parts",
                        "-f",
                        Integer.toString(options.count("forks")),
                        "-wi",
                        Integer.toString(options.count("warm-ups")),
                        "-w",
                        "1",
                        "-i",
                        Integer.toString(options.count("iterations")),
                        "-r",
                        "1",
                        "-foe",
                        "true",
                        "-prof",
                        "gc",
                        "-o",
                        Output.file("parts.txt").toString());
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        Files.readAllLines(Output.file("parts.txt")).stream()
                .dropWhile(line -> !line.startsWith("Benchmark"))
                .filter(line -> !line.contains("gc.count") && !line.contains("gc.time"))
                .forEach(out::println);
        return exit == 0;
    }
}
