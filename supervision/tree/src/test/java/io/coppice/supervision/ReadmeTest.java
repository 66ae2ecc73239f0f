package io.coppice.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the README shows as code stands in a test that is compiled and run. */
class ReadmeTest {

    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path TESTS = SOURCES.resolve("io/coppice/supervision");
    private static final Pattern FILE =
            Pattern.compile("<!-- file (\\S+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK =
            Pattern.compile("<!-- region (\\w+) (\\w+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> each_block_of_code_is_the_region_it_names() throws IOException {
        return BLOCK.matcher(readme())
                .results()
                .map(
                        block ->
                                DynamicTest.dynamicTest(
                                        block.group(1) + " " + block.group(2),
                                        () ->
                                                assertThat(block.group(3).strip())
                                                        .isEqualTo(
                                                                region(
                                                                        block.group(1),
                                                                        block.group(2)))));
    }

    @TestFactory
    Stream<DynamicTest> each_whole_file_is_that_file() throws IOException {
        return FILE.matcher(readme())
                .results()
                .map(
                        block ->
                                DynamicTest.dynamicTest(
                                        block.group(1),
                                        () ->
                                                assertThat(block.group(2))
                                                        .isEqualTo(
                                                                Files.readString(
                                                                        SOURCES.resolve(
                                                                                block.group(1))))));
    }

    @Test
    void every_block_of_java_names_its_region_or_file() throws IOException {
        long blocks = Pattern.compile("```java").matcher(readme()).results().count();
        long held =
                BLOCK.matcher(readme()).results().count()
                        + FILE.matcher(readme()).results().count();
        assertThat(held).isEqualTo(blocks).isPositive();
    }

    @Test
    void the_picture_is_that_of_the_tree() throws IOException {
        var picture = readme().substring(readme().indexOf("```\nshop") + "```\n".length());

        assertThat(leftColumn(picture.substring(0, picture.indexOf("\n```"))))
                .isEqualTo(leftColumn(ShopTest.SHOP.print()));
    }

    private static List<String> leftColumn(String tree) {
        return tree.lines().map(line -> line.replaceFirst("(?<=\\w) {2,}.*", "")).toList();
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("../../README.md"));
    }

    /** The lines between the marks, moved to the left margin. */
    private static String region(String test, String name) throws IOException {
        var lines = new ArrayList<String>();
        boolean inside = false;
        for (var line : Files.readAllLines(TESTS.resolve(test + ".java"))) {
            if (line.strip().equals("// endregion")) {
                inside = false;
            } else if (line.strip().equals("// region " + name)) {
                inside = true;
            } else if (inside) {
                lines.add(line);
            }
        }
        return String.join("\n", lines).stripTrailing().stripIndent().strip();
    }
}
