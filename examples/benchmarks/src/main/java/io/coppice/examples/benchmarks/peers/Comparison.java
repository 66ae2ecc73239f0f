package io.coppice.examples.benchmarks.peers;

import io.coppice.examples.benchmarks.programs.Family;
import io.coppice.examples.benchmarks.programs.Score;
import io.coppice.examples.benchmarks.programs.Unit;
import io.coppice.examples.benchmarks.programs.Workload;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Lets every contestant run workloads, in turns, each time in a machine of its own. */
public final class Comparison implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final String warmUp;
    private final String seconds;
    private final Optional<Erlang> erlang;

    /**
     * @param warmUp in seconds
     * @param seconds how long is measured after that
     */
    public Comparison(double warmUp, double seconds) throws IOException, InterruptedException {
        this.warmUp = Double.toString(warmUp);
        this.seconds = Double.toString(seconds);
        this.erlang = Erlang.find();
    }

    /** Says who is missing. */
    public void introduce(PrintStream out) {
        if (erlang.isEmpty()) {
            out.println("Erlang/OTP is left out: there is no erl and erlc on the path.");
        }
    }

    /** The turns at {@code workload} of those who take part in it, whose scores are kept. */
    public void round(
            Workload workload, List<Contestant> contestants, Results results, PrintStream out)
            throws Exception {
        out.print(workload.name() + ", " + workload.unit().words);
        for (var contestant : contestants) {
            boolean isMissing = contestant == Contestant.ERLANG && erlang.isEmpty();
            if (contestant.takesPartIn(workload) && !isMissing) {
                out.print(", " + contestant.words + " " + turn(contestant, workload, results));
            }
        }
        out.println();
    }

    private String turn(Contestant contestant, Workload workload, Results results)
            throws Exception {
        try {
            var score = run(command(contestant, workload), contestant, workload);
            results.add(workload, contestant, score);
            return Unit.plain(workload.unit().of(score));
        } catch (NotFinished late) {
            if (contestant.family == Family.COPPICE) {
                throw late;
            }
            return "did not finish"; // a peer that is stuck once must not cost hours of measuring
        }
    }

    /** No score came in time. */
    private static final class NotFinished extends IOException {
        private static final long serialVersionUID = 1;

        NotFinished(Contestant contestant, Workload workload) {
            super(contestant.words + " did not finish " + workload.name());
        }
    }

    /** One contestant's turn, of which a flight recording is made. */
    public Score record(Contestant contestant, Workload workload, Path recording) throws Exception {
        var command =
                java(
                        workload.flags(),
                        contestant.name(),
                        workload.name(),
                        warmUp,
                        seconds,
                        recording.toString());
        return run(command, contestant, workload);
    }

    private static Score run(List<String> command, Contestant contestant, Workload workload)
            throws Exception {
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var lines = process.inputReader()) {
            boolean hasEnded = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            var score =
                    hasEnded
                            ? lines.lines().filter(it -> it.startsWith("score ")).findFirst()
                            : Optional.<String>empty();
            return Score.parse(score.orElseThrow(() -> new NotFinished(contestant, workload)));
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(Contestant contestant, Workload workload) {
        if (contestant == Contestant.ERLANG) {
            return erlang.orElseThrow().command("main", warmUp, seconds, workload.name());
        }
        var flags = new ArrayList<>(contestant.flags);
        flags.addAll(workload.flags());
        return java(flags, contestant.name(), workload.name(), warmUp, seconds);
    }

    /** The command that runs a {@link Fork}. */
    private static List<String> java(List<String> flags, String... words) {
        boolean hasWarnings = Runtime.version().feature() >= 24; // of what Pekko and JCTools do
        return Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx4g",
                                "-cp",
                                System.getProperty("java.class.path")),
                        hasWarnings
                                ? Stream.of("--sun-misc-unsafe-memory-access=allow")
                                : Stream.<String>of(),
                        flags.stream(),
                        Stream.of(Fork.class.getName()),
                        Stream.of(words))
                .flatMap(it -> it)
                .toList();
    }

    @Override
    public void close() {
        erlang.ifPresent(Erlang::remove);
    }
}
