package io.coppice.examples.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coppice.examples.benchmarks.programs.Meter;
import io.coppice.examples.benchmarks.programs.Score;
import io.coppice.examples.benchmarks.programs.Unit;
import io.coppice.examples.benchmarks.programs.Workload;
import io.coppice.examples.benchmarks.programs.Workloads;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** Every workload ends on everything that can run it, and counts what it did. */
class WorkloadTest {

    private static final int SIZE = 6_000;
    private static final int FEW = 300;
    private static final int FOR_ERLANG = 1_100;

    private static int size(Workload workload) {
        return workload.size() == 0 ? SIZE : Math.min(FEW, workload.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = Contestant.class,
            names = {"ERLANG", "OBJECTS"},
            mode = EnumSource.Mode.EXCLUDE)
    void each_does_about_as_much_as_it_is_asked_to(Contestant contestant) throws Exception {
        try (var peer = contestant.make()) {
            for (var workload : Catalogue.ALL) {
                if (contestant.takesPartIn(workload)) {
                    int size = size(workload);
                    var meter = new Meter();
                    long done = workload.run(peer, meter, size);
                    check(workload, size, meter.score(done, 1));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Contestant.class,
            names = {"COPPICE", "OBJECTS"})
    void what_is_compared_by_size_ends_among_few(Contestant contestant) throws Exception {
        try (var peer = contestant.make()) {
            for (var workload : Workloads.SCALE) {
                assertThat(contestant.takesPartIn(workload)).as(workload.name()).isTrue();
                long done = workload.run(peer, new Meter(), FEW);
                assertThat(done).as(workload.name()).isGreaterThanOrEqualTo(FEW);
            }
        }
    }

    private static void check(Workload workload, int size, Score score) {
        boolean pings = workload.unit() == Unit.MICROS_AT_99;
        if (!pings) {
            assertThat(score.operations())
                    .as(workload.name())
                    .isBetween(size * 9L / 10, (long) size);
        }
        assertThat(score.nanos()).as(workload.name()).isPositive();
        if (workload.unit() != Unit.BYTES) {
            assertThat(workload.unit().of(score)).as(workload.name()).isPositive();
        }
    }

    @Test
    void each_does_as_much_in_erlang_or_it_is_said_that_there_is_none() throws Exception {
        var erlang = Erlang.find();
        if (erlang.isEmpty()) {
            var said = new ByteArrayOutputStream();
            try (var comparison = new Comparison(0, 0)) {
                comparison.introduce(new PrintStream(said, true, UTF_8));
            }
            assertThat(said.toString(UTF_8)).contains("left out");
            return;
        }
        var workloads = Catalogue.ALL.stream().filter(Contestant.ERLANG::takesPartIn).toList();
        var scores = erlangScores(erlang.get(), workloads);
        erlang.get().remove();

        assertThat(scores).hasSameSizeAs(workloads);
        for (int i = 0; i < scores.size(); i++) {
            check(workloads.get(i), FOR_ERLANG, scores.get(i));
        }
    }

    private static List<Score> erlangScores(Erlang erlang, List<Workload> workloads)
            throws Exception {
        var words =
                Stream.concat(
                                Stream.of(Integer.toString(FOR_ERLANG)),
                                workloads.stream().map(Workload::name))
                        .toArray(String[]::new);
        var process = new ProcessBuilder(erlang.command("once", words)).start();
        try (var lines = process.inputReader()) {
            return lines.lines().map(Score::parse).toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_score_can_be_read_back() {
        var score = new Score(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(Score.parse(score.toString())).isEqualTo(score);
    }
}
