package io.coppice.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page on guarantees names tests; those tests must be there. */
class GuaranteesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:#(\\w+))?`");

    @Test
    void every_test_that_the_page_names_exists() throws IOException {
        var page = Files.readString(ROOT.resolve("framework/docs/guarantees.md"));
        var sources = testSources();
        var missing =
                TEST.matcher(page)
                        .results()
                        .filter(named -> !exists(sources, named.group(1), named.group(2)))
                        .map(named -> named.group())
                        .toList();
        assertThat(missing).isEmpty();
        assertThat(TEST.matcher(page).results().count()).isGreaterThan(50);
    }

    private static boolean exists(
            Map<String, List<String>> sources, String testClass, String method) {
        return sources.getOrDefault(testClass, List.of()).stream()
                .anyMatch(source -> method == null || source.contains(" " + method + "("));
    }

    /** By class name, of which there may be several. */
    private static Map<String, List<String>> testSources() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith("Test.java"))
                    .collect(
                            Collectors.groupingBy(
                                    file -> file.getFileName().toString().replace(".java", ""),
                                    Collectors.mapping(GuaranteesTest::read, Collectors.toList())));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
