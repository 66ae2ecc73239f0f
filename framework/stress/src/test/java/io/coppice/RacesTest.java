package io.coppice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The races that are run: those that the page on guarantees names must be among them. */
class RacesTest {

    private static final Path PAGE = Path.of("..", "docs", "guarantees.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Stress)#(\\w+)`");
    private static final Pattern LISTED = Pattern.compile("\\.(\\w+Stress)_(\\w+)_jcstress");

    @Test
    void every_race_that_the_page_names_is_run() throws IOException {
        var page = names(NAMED, Files.readString(PAGE));

        assertThat(page).hasSizeGreaterThan(30);
        assertThat(races()).containsAll(page);
    }

    @Test
    void as_many_are_run_as_there_are() throws IOException {
        assertThat(races()).hasSize(81);
    }

    private static Set<String> races() throws IOException {
        try (var list = RacesTest.class.getResourceAsStream("/META-INF/TestList")) {
            assertThat(list).as("what jcstress is to run").isNotNull();
            return names(LISTED, new String(list.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(named -> named.group(1) + "#" + named.group(2))
                .collect(Collectors.toSet());
    }
}
