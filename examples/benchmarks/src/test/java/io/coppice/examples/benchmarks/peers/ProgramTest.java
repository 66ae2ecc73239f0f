package io.coppice.examples.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every program ends on every peer, and counts what it did. */
class ProgramTest {

    private static final int SIZE = 12_000;

    @ParameterizedTest
    @EnumSource(Contestant.class)
    void each_program_does_about_as_much_as_it_is_asked_to(Contestant contestant) throws Exception {
        try (var peer = contestant.make()) {
            for (var program : Program.values()) {
                var run = new Program.Run(peer);
                long done = program.run(run, SIZE);
                run.end();
                assertThat(done).as(program.name()).isBetween(SIZE * 9L / 10, (long) SIZE);
            }
        }
    }

    @Test
    void a_score_can_be_read_back() {
        var score = new Score(1, 2, 3);
        assertThat(Score.parse(score.toString())).isEqualTo(score);
    }
}
