package io.coppice.internal.link;

import static io.coppice.internal.link.Verdict.DELIVER;
import static io.coppice.internal.link.Verdict.END;
import static io.coppice.internal.link.Verdict.IGNORE;
import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.NO_CONNECTION;
import static io.coppice.process.ExitReason.NO_PROCESS;
import static io.coppice.process.ExitReason.SHUTDOWN;
import static io.coppice.process.ExitReason.crashed;
import static io.coppice.process.ExitReason.custom;
import static io.coppice.process.ExitReason.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.process.ExitReason;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

/** What a received exit does, cell by cell. */
class VerdictTest {

    static Stream<ExitReason> everyReasonButNormal() {
        return Stream.of(
                SHUTDOWN,
                shutdown("detail"),
                KILLED,
                NO_PROCESS,
                NO_CONNECTION,
                crashed(new RuntimeException("boom")),
                custom("kill"),
                custom(NORMAL));
    }

    static Stream<ExitReason> everyReason() {
        return Stream.concat(Stream.of(NORMAL, new ExitReason.Normal()), everyReasonButNormal());
    }

    @ParameterizedTest
    @MethodSource("everyReason")
    void one_that_traps_is_told_of_every_reason_of_anybody(ExitReason reason) {
        assertThat(Verdict.on(reason, false, true)).isEqualTo(DELIVER);
        assertThat(Verdict.on(reason, true, true)).isEqualTo(DELIVER);
    }

    @ParameterizedTest
    @MethodSource("everyReasonButNormal")
    void one_that_does_not_trap_ends_by_every_reason_but_normal(ExitReason reason) {
        assertThat(Verdict.on(reason, false, false)).isEqualTo(END);
        assertThat(Verdict.on(reason, true, false)).isEqualTo(END);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_that_does_not_trap_ends_by_normal_only_from_itself(boolean fromSelf) {
        assertThat(Verdict.on(NORMAL, fromSelf, false)).isEqualTo(fromSelf ? END : IGNORE);
    }
}
