package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class CommandLineTest {

    @Test
    void options_may_stand_anywhere() {
        assertThat(CommandLine.parse(List.of("a.scn", "--repeat", "3", "b.scn", "--check")))
                .isEqualTo(new CommandLine(false, true, 3, List.of("a.scn", "b.scn")));
    }

    @Test
    void a_file_with_a_dash_comes_after_two() {
        assertThat(CommandLine.parse(List.of("--", "--check")).files()).containsExactly("--check");
    }

    @Test
    void what_is_not_understood_is_named() {
        assertThatThrownBy(() -> CommandLine.parse(List.of("--chekc", "a.scn")))
                .hasMessage("unknown option: --chekc");
        assertThatThrownBy(() -> CommandLine.parse(List.of("--repeat", "0")))
                .hasMessage("--repeat is not a number greater than 0: 0");
        assertThatThrownBy(() -> CommandLine.parse(List.of("--check")))
                .hasMessage("no scenario given");
    }
}
