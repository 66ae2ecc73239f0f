package io.coppice.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.supervision.laws.TreeScripts;

import net.jqwik.api.sessions.JqwikSession;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Random;
import java.util.stream.Stream;

/** What is decided in pure code, with as many trees as {@code laws.tries}. */
class OnPaperTest {

    private static final int TRIES = Integer.getInteger("laws.tries", 200);

    static Stream<String> trials() {
        return StageTrial.NAMES.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("trials")
    void what_is_decided_on_paper_is_right(String trial) {
        try (var court = new StageTrial(trial)) {
            JqwikSession.run(
                    () ->
                            TreeScripts.anything().generator(TRIES).stream(new Random(42))
                                    .map(script -> script.value().toString())
                                    .limit(TRIES)
                                    .forEach(text -> assertThat(court.apply(text)).isEmpty()));
        }
    }
}
