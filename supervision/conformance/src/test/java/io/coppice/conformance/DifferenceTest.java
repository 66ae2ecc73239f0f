package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {

    @Test
    void equal_traces_do_not_differ() {
        assertThat(Difference.between("> a\nEND\n", "> a\nEND\n")).isEmpty();
    }

    @Test
    void the_first_line_that_differs_is_told_with_its_command() {
        assertThat(Difference.between("> a\n= ok\n> b\n= ok\nEND\n", "> a\n= ok\n> b\n= no\nEND\n"))
                .hasValueSatisfying(
                        difference ->
                                assertThat(difference)
                                        .hasToString(
                                                """
                                                  line 4 after > b
                                                    expected "= ok"
                                                    got      "= no"
                                                """));
    }

    @Test
    void a_trace_that_ends_too_early_or_too_late_differs() {
        assertThat(Difference.between("a\nb", "a")).map(Difference::line).contains(2);
        assertThat(Difference.between("a", "a\n"))
                .hasValueSatisfying(
                        difference ->
                                assertThat(difference.toString()).contains("expected the end"));
    }
}
