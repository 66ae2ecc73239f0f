package io.coppice.examples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Files of what was measured, in {@code target/benchmarks}. */
final class Output {

    private static final Path DIRECTORY = Path.of("target", "benchmarks");

    private Output() {}

    static Path file(String name) throws IOException {
        Files.createDirectories(DIRECTORY);
        return DIRECTORY.resolve(name);
    }

    static void write(String name, String text) throws IOException {
        Files.writeString(file(name), text);
    }

    static void write(String name, List<String> lines) throws IOException {
        Files.write(file(name), lines);
    }

    /** Prints to {@code out} and into a file. */
    static void print(String name, PrintStream out, Consumer<PrintStream> text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        text.accept(new PrintStream(bytes, true, UTF_8));
        write(name, bytes.toString(UTF_8));
        out.print(bytes.toString(UTF_8));
        out.println("in " + file(name).toAbsolutePath());
    }
}
