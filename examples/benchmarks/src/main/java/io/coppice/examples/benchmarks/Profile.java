package io.coppice.examples.benchmarks;

import io.coppice.examples.benchmarks.peers.Catalogue;
import io.coppice.examples.benchmarks.peers.Contestant;
import io.coppice.examples.benchmarks.programs.Unit;
import io.coppice.examples.benchmarks.report.Table;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What dominates the main workloads: where the samples of a flight recording were taken. */
final class Profile implements Measurement {

    private static final List<String> WORKLOADS =
            List.of("pingpong1", "fanin8", "big256", "spawnstop", "restarts");

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public String purpose() {
        return "where the time of the five main workloads goes, by flight recordings";
    }

    @Override
    public Map<String, Double> defaults() {
        return Map.of("warm-up", 3.0, "seconds", 10.0, "frames", 12.0, "program", 0.0);
    }

    @Override
    public boolean run(Options options, PrintStream out) throws Exception {
        try (var comparison = Peers.comparison(options)) {
            int program = options.count("program");
            for (var workload : program == 0 ? WORKLOADS : List.of(WORKLOADS.get(program - 1))) {
                var file = Output.file(workload + ".jfr").toAbsolutePath();
                var score = comparison.record(Contestant.COPPICE, Catalogue.named(workload), file);
                out.printf("%s: %s M/s, in %s%n%n", workload, Unit.plain(score.millions()), file);
                print(samples(file), options.count("frames"), out);
            }
        }
        return true;
    }

    /** What was counted in a recording. */
    private record Samples(Map<String, Double> running, Map<String, Double> allocating) {}

    private static Samples samples(Path recording) throws IOException {
        var samples = new Samples(new HashMap<>(), new HashMap<>());
        try (var events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                count(events.readEvent(), samples);
            }
        }
        return samples;
    }

    private static void count(RecordedEvent event, Samples samples) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> samples.running.merge(top(event), 1.0, Double::sum);
            case "jdk.ObjectAllocationSample" ->
                    samples.allocating.merge(
                            event.getClass("objectClass").getName(),
                            (double) event.getLong("weight"),
                            Double::sum);
            default -> {} // neither time nor memory
        }
    }

    private static String top(RecordedEvent event) {
        var stack = event.getStackTrace();
        return stack == null || stack.getFrames().isEmpty()
                ? "(unknown)"
                : words(stack.getFrames().getFirst());
    }

    private static String words(RecordedFrame frame) {
        var method = frame.getMethod();
        var type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1)
                + "."
                + method.getName()
                + ":"
                + frame.getLineNumber();
    }

    private static void print(Samples samples, int frames, PrintStream out) {
        table("top frame", samples.running, frames).print(out);
        out.println();
        table("allocated", samples.allocating, frames).print(out);
        out.println();
    }

    private static Table table(String head, Map<String, Double> counts, int rows) {
        double all = counts.values().stream().mapToDouble(it -> it).sum();
        var table = new Table(head, "share");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(rows)
                .forEach(it -> table.row(it.getKey(), Unit.plain(100 * it.getValue() / all) + "%"));
        return table;
    }
}
