package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ConformanceTest {

    private static final String TRACE =
            """
            > spawn A
            = ok
            A: alive
            > stop A boom
            = exited
            A: dead boom
            END
            """;

    @TempDir Path folder;

    private String typed = "";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void a_scenario_lies_in_the_folder() throws IOException {
        Files.writeString(folder.resolve("a.scn"), "spawn A\nstop A boom\n");
    }

    @Test
    void a_trace_is_printed() {
        assertThat(run(file("a.scn"))).isZero();
        assertThat(out.toString(ISO_8859_1)).isEqualTo(TRACE);
    }

    @Test
    void an_equal_trace_passes_the_check() throws IOException {
        Files.writeString(folder.resolve("a.trace"), TRACE);

        assertThat(run("--check", "--repeat", "3", file("a.scn"))).isZero();
        assertThat(out.toString(ISO_8859_1)).isEqualTo("1 of 1 scenarios equal\n");
    }

    @Test
    void the_first_line_that_differs_is_printed_and_the_equal_ones_counted() throws IOException {
        Files.writeString(folder.resolve("a.trace"), TRACE);
        Files.writeString(folder.resolve("b.scn"), "spawn A\nstop A boom\n");
        Files.writeString(folder.resolve("b.trace"), TRACE.replace("dead boom", "alive"));

        assertThat(run("--check", file("a.scn"), file("b.scn"))).isEqualTo(1);
        assertThat(out.toString(ISO_8859_1))
                .isEqualTo(
                        """
                        DIFFERENT %s
                          line 6 after > stop A boom
                            expected "A: alive"
                            got      "A: dead boom"
                        1 of 2 scenarios equal
                        """
                                .formatted(file("b.scn")));
    }

    @Test
    void a_scenario_without_a_trace_does_not_pass() {
        assertThat(run("--check", file("a.scn"))).isEqualTo(2);
        assertThat(err.toString(ISO_8859_1)).isEqualTo(file("a.trace") + ": no such file\n");
        assertThat(out.toString(ISO_8859_1)).isEqualTo("0 of 1 scenarios equal\n");
    }

    @Test
    void repeated_runs_are_compared_with_each_other() {
        assertThat(run("--repeat", "5", file("a.scn"))).isZero();
        assertThat(out.toString(ISO_8859_1)).isEqualTo("1 of 1 scenarios equal\n");
    }

    @Test
    void a_file_that_does_not_exist_is_named_and_the_others_are_run() {
        assertThat(run(file("no.scn"), file("a.scn"))).isEqualTo(2);
        assertThat(err.toString(ISO_8859_1)).isEqualTo(file("no.scn") + ": no such file\n");
        assertThat(out.toString(ISO_8859_1)).isEqualTo(TRACE);
    }

    @Test
    void a_bad_command_is_told_with_file_and_line() throws IOException {
        Files.writeString(folder.resolve("a.scn"), "spawn A\n\njump A\n");

        assertThat(run(file("a.scn"))).isEqualTo(2);
        assertThat(err.toString(ISO_8859_1))
                .isEqualTo(file("a.scn") + ":3: unknown command: jump A\n");
    }

    @Test
    void a_supervisor_that_is_not_defined_is_told_with_file_and_line() throws IOException {
        Files.writeString(folder.resolve("a.scn"), "spawn A\nstart S\n");

        assertThat(run(file("a.scn"))).isEqualTo(2);
        assertThat(err.toString(ISO_8859_1))
                .isEqualTo(file("a.scn") + ":2: supervisor is not defined: S\n");
    }

    @Test
    void what_is_typed_in_is_run_line_by_line_in_spite_of_errors() {
        typed = "spawn A\njump A\nalive A";

        assertThat(run("-")).isEqualTo(2);
        assertThat(out.toString(ISO_8859_1))
                .isEqualTo("> spawn A\n= ok\nA: alive\n> alive A\n= true\nEND\n");
        assertThat(err.toString(ISO_8859_1)).isEqualTo("-:2: unknown command: jump A\n");
    }

    @Test
    void an_unknown_option_explains_the_others() {
        assertThat(run("--chekc")).isEqualTo(2);
        assertThat(err.toString(ISO_8859_1))
                .startsWith("unknown option: --chekc\n")
                .contains("--repeat N");
    }

    @Test
    void help_is_printed() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(ISO_8859_1)).contains("--check FILE...");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private int run(String... arguments) {
        return Conformance.run(
                List.of(arguments),
                new ByteArrayInputStream(typed.getBytes(ISO_8859_1)),
                new PrintStream(out, true, ISO_8859_1),
                new PrintStream(err, true, ISO_8859_1));
    }
}
