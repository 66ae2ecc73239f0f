package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "normal",
                "shutdown",
                "shutdown:",
                "shutdown:a:b",
                "killed",
                "noproc",
                "kill",
                "a:b"
            })
    void a_reason_is_written_as_it_was_read(String text) {
        assertThat(Reasons.text(Reasons.parse(text))).isEqualTo(text);
    }

    @Test
    void only_normal_and_shutdown_are_orderly() {
        assertThat(Reasons.parse("normal")).isEqualTo(ExitReason.NORMAL);
        assertThat(Reasons.parse("shutdown:x")).isEqualTo(ExitReason.shutdown("x"));
        assertThat(Reasons.parse("shutdowns").isAbnormal()).isTrue();
        assertThat(Reasons.parse("kill")).isEqualTo(ExitReason.custom("kill"));
    }

    @Test
    void a_planned_crash_is_written_by_its_name() {
        assertThat(Reasons.text(ExitReason.crashed(new PlannedCrash("c1")))).isEqualTo("crash:c1");
    }
}
