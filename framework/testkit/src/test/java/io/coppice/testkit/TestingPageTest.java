package io.coppice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crew.before.Crew;

import org.junit.jupiter.api.Test;

import tickets.before.BoxOffice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The page on testing shows what is compiled here, and what is printed here. */
class TestingPageTest {

    private static final Path PAGE = Path.of("../docs/testing.md");
    private static final List<Path> SOURCES =
            List.of(
                    Path.of("src/test/java"),
                    Path.of("../stress/src/test/java"),
                    Path.of("../../supervision/tree/src/test/java"));
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Hunt HUNT =
            Hunt.of(new BoxOffice()::the_last_seat_is_sold_once)
                    .withName("the_last_seat_is_sold_once");

    private static final Hunt CREW =
            Hunt.of(new Crew()::nobody_stays_without_a_foreman)
                    .withName("nobody_stays_without_a_foreman");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    /** Without what the formatter decides. */
    private static String plain(String code) {
        return code.replaceAll("\\s+|public", "").replace("BoxOfficeTest", "BoxOffice");
    }

    private static String sources() throws IOException {
        var all = new StringBuilder();
        for (var root : SOURCES) {
            try (var files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(TestingPageTest::read)
                        .map(TestingPageTest::plain)
                        .forEach(all::append);
            }
        }
        return all.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void all_its_java_is_compiled_and_run() throws IOException {
        var sources = sources();
        var blocks = JAVA.matcher(page());
        int seen = 0;
        for (; blocks.find(); seen++) {
            for (var part : blocks.group(1).split("\\n *\\.\\.\\.\\n")) {
                assertThat(sources).as(part).contains(plain(part));
            }
        }
        assertThat(seen).isGreaterThan(5);
    }

    @Test
    void its_failure_is_the_one_that_is_printed() throws IOException {
        var report = HUNT.run().failure().orElseThrow().report();
        assertThat(page()).contains(report.strip());
    }

    @Test
    void a_supervisor_that_starts_and_then_links_is_found_out() throws IOException {
        var failure = CREW.run().failure().orElseThrow();
        assertThat(failure.report())
                .contains("[orphans]  expected: 0L  but was: 1L")
                .contains("Minimal script, 2 of 10:\n    HIRE_BOB\n    REMOVE_FOREMAN\n")
                .contains("Minimal schedule, first come first served but for 2 of 5 decisions")
                .containsSubsequence("[ Hire[name=bob] ]", "X killed", "[ init ]")
                .contains(failure.replay().toString());
        assertThat(page()).contains(failure.report().strip());
        assertThatThrownBy(() -> CREW.replay(failure.replay()))
                .isInstanceOf(SimulationFailure.class);
    }

    @Test
    void its_replay_fails_again() throws IOException {
        var replay = HUNT.run().failure().orElseThrow().replay();
        assertThat(page()).contains(replay.toString());
    }
}
