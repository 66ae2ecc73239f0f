package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/** Where Coppice does not do what Erlang/OTP does; the traces beside the scenarios are OTP's. */
class DeliberateDifferencesTest {

    private static final Path DIFFERENT = Path.of("src/test/resources/different");

    @Test
    void a_shutdown_does_not_wait_for_a_child_that_is_starting() {
        assertThat(lineInsteadOf("> release a", "d01_shutdown_while_a_child_starts"))
                .isEqualTo("! exit a#2 shutdown");
        assertThat(lineInsteadOf("= pending 1", "d02_shutdown_of_a_child_whose_child_starts"))
                .isEqualTo("= ok");
    }

    @Test
    void the_end_of_the_parent_does_not_wait_for_a_child_that_is_starting() {
        assertThat(lineInsteadOf("P: dead boom", "d03_parent_ends_while_the_first_child_starts"))
                .isEqualTo("! exit a#1 shutdown");
        assertThat(lineInsteadOf("P: dead bye", "d04_parent_ends_while_a_child_restarts"))
                .isEqualTo("! exit a#2 shutdown");
    }

    /** OTP's supervisor keeps an entry that crashes it at its own end (GH-8215). */
    @Test
    void a_dynamic_child_that_is_ignored_on_restart_is_forgotten() {
        assertThat(lineInsteadOf("= [undefined=undefined]", "d06_ignored_on_restart"))
                .isEqualTo("= []");
    }

    /** Erlang's order is that of a search tree being taken apart. */
    @Test
    void linked_processes_hear_of_a_death_in_the_order_in_which_they_were_linked() {
        assertThat(lineInsteadOf("! exit b#1 killed", "d07_children_of_a_killed_supervisor"))
                .isEqualTo("! exit a#1 killed");
    }

    /** In Erlang the name is free when the kill has arrived, which the killer cannot know. */
    @Test
    void the_name_of_a_killed_process_is_free_at_once() {
        assertThat(lineInsteadOf("= ok, ok", "d08_name_of_a_killed_process"))
                .isEqualTo("= ok, error badarg");
    }

    private static String lineInsteadOf(String line, String scenario) {
        var entry = new Corpus.Entry(DIFFERENT.resolve(scenario + ".scn"));
        var difference = entry.difference().orElseThrow();
        assertThat(difference.expected()).contains(line);
        return difference.got().orElseThrow();
    }
}
