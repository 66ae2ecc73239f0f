package io.coppice.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Scenarios with their traces. */
final class Corpus {

    private Corpus() {}

    /** One scenario, and what Erlang/OTP made of it. */
    record Entry(Path file) {

        /** For example {@code l} for {@code l01_normal_exit_through_link}, or {@code random}. */
        String family() {
            var folder = String.valueOf(file.getParent().getFileName());
            return folder.equals("scenarios") ? name().substring(0, 1) : folder;
        }

        String name() {
            return file.getFileName().toString().replace(".scn", "");
        }

        String scenario() {
            return read(file);
        }

        String trace() {
            return read(file.resolveSibling(name() + ".trace"));
        }

        /** Runs it, and says where its trace is not the expected one. */
        Optional<Difference> difference() {
            var scenario = ScenarioParser.parse(file.toString(), scenario());
            return Difference.between(trace(), Driver.trace(scenario));
        }
    }

    /** All scenarios below {@code folder}, by name. */
    static List<Entry> in(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".scn"))
                    .sorted()
                    .map(Entry::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
