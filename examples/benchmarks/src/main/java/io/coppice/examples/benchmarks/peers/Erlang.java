package io.coppice.examples.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The same programs, written in Erlang, and compiled here. */
final class Erlang {

    private static final String MODULE = "coppice_bench";
    private static final List<String> SOURCES =
            List.of("coppice_bench.erl", "coppice_programs.erl");
    private static final String ENOUGH_PROCESSES = "4000000";

    private final Path beams;

    private Erlang(Path beams) {
        this.beams = beams;
    }

    /** Erlang/OTP, if it is on the path. */
    static Optional<Erlang> find() throws IOException, InterruptedException {
        return isOnPath("erl") && isOnPath("erlc") ? Optional.of(compile()) : Optional.empty();
    }

    private static boolean isOnPath(String program) {
        var path = System.getenv().getOrDefault("PATH", "");
        return List.of(path.split(java.io.File.pathSeparator, -1)).stream()
                .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
    }

    private static Erlang compile() throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("erlang");
        var command = new ArrayList<>(List.of("erlc", "-o", directory.toString()));
        for (var name : SOURCES) {
            var source = directory.resolve(name);
            copy(name, source);
            command.add(source.toString());
        }
        var compiler = new ProcessBuilder(command).inheritIO().start();
        if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
            compiler.destroyForcibly();
            throw new IOException("erlc does not compile " + SOURCES);
        }
        return new Erlang(directory);
    }

    private static void copy(String name, Path to) throws IOException {
        try (var text = Erlang.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IOException("no resource: " + name);
            }
            Files.copy(text, to);
        }
    }

    /** The command that makes a machine run {@code function} with {@code words}. */
    List<String> command(String function, String... words) {
        var command =
                new ArrayList<>(
                        List.of(
                                "erl",
                                "-noinput",
                                "+P",
                                ENOUGH_PROCESSES,
                                "-pa",
                                beams.toString(),
                                "-run",
                                MODULE,
                                function));
        command.addAll(List.of(words));
        return command;
    }

    /** Forgets what was compiled. */
    void remove() {
        try (var files = Files.list(beams)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(beams);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
