package io.coppice.examples.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.examples.incidents.stage.Incident;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The command line, the stories and the table. */
class ProgramTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int run(List<Incident> incidents, String... arguments) {
        var program =
                new Program(
                        incidents,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(errors, true, StandardCharsets.UTF_8));
        return program.run(List.of(arguments));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_list_names_all() {
        assertThat(run(Catalogue.INCIDENTS, "list")).isZero();

        assertThat(text(out).lines())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactlyElementsOf(
                        Catalogue.INCIDENTS.stream().map(it -> it.story().id()).toList());
    }

    @Test
    void one_that_is_named_is_run_alone() {
        assertThat(run(Catalogue.INCIDENTS, "run", "spawn-then-link")).isZero();

        assertThat(text(out))
                .startsWith("spawn-then-link: ")
                .contains("re-enacted: what the parent hears of it: nothing")
                .contains("seen: what the parent hears of it: boom")
                .endsWith("1 incidents: 1 OK, 0 WRONG\n");
    }

    @Test
    void an_unknown_name_is_told_and_nothing_is_run() {
        assertThat(run(Catalogue.INCIDENTS, "run", "spawn-then-link", "no-such")).isEqualTo(2);

        assertThat(text(errors)).isEqualTo("no such incident: no-such; \"list\" names all\n");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void a_command_line_without_sense_is_told_what_there_is() {
        for (var arguments : List.of("run", "fly", "list all")) {
            errors.reset();
            assertThat(run(Catalogue.INCIDENTS, arguments.split(" "))).isEqualTo(2);
            assertThat(text(errors))
                    .startsWith("cannot make sense of: " + arguments)
                    .contains("run NAME...");
        }
    }

    @Test
    void a_wrong_verdict_is_the_exit_code_and_shows_what_should_be() {
        assertThat(run(List.of(new IncidentsTest.Fails()))).isEqualTo(1);

        assertThat(text(out))
                .contains("should be: exits: 1")
                .contains("WRONG")
                .endsWith("1 incidents: 0 OK, 1 WRONG\n");
    }

    @Test
    void all_are_run_and_stand_in_one_table() {
        assertThat(run(Catalogue.INCIDENTS)).isZero();

        var table = text(out).lines().dropWhile(line -> !line.startsWith("incident  ")).toList();
        assertThat(table.stream().skip(1).map(line -> line.split(" ", 2)[0]))
                .containsSequence(Catalogue.INCIDENTS.stream().map(it -> it.story().id()).toList());
        int verdicts = table.getFirst().indexOf("verdict");
        assertThat(table.subList(1, 1 + Catalogue.INCIDENTS.size()))
                .allMatch(line -> line.substring(verdicts).equals("OK"));
    }
}
