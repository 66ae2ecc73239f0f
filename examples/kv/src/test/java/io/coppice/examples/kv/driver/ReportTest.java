package io.coppice.examples.kv.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

class ReportTest {

    private static final Progress PROGRESS = new Progress(201_334, 120, 14, 88, 0, 61, 69, 7, 0);
    private static final Verification CLEAN = new Verification(200, List.of(), List.of());
    private static final Finding WRONG =
            new Finding("k", "GET k", "\"b\"", List.of("\"a\""), 0, List.of("SET k a -> \"OK\""));
    private static final Finding LOST =
            new Finding("k", "GET k", "nil", List.of("\"a\""), 2, List.of());

    @Test
    void a_run_without_fault_is_reported_with_units_and_ends_with_ok() {
        assertThat(report(PROGRESS, CLEAN, List.of(), List.of()).lines())
                .containsExactly(
                        "Requests   201,334 answered in 20.0 s, 10,067 per second,"
                                + " over 69 connections",
                        "Latency    p50 310 us    p99 4.20 ms   max 210 ms     from sending"
                                + " to answer, 201,334 times",
                        "Kills      400: connection 180, listener 20, shard 200",
                        "Restarts   460",
                        "Recovery   p50 800 us    p99 12.0 ms   max 1.50 s     server, from"
                                + " kill to whole tree, 400 times",
                        "           none                                       clients, from"
                                + " failure to answer, 0 times",
                        "Retries    120, of requests refused",
                        "Unknown    102: 14 by answer, 88 by broken connection, 0 by time-out; no"
                                + " write sent again",
                        "Read back  200 keys over fresh connections, 0 unread",
                        "Lost       0 acknowledged writes",
                        "Wrong      0 answers, 0 values",
                        "",
                        "OK: no acknowledged write was lost, and no answer was wrong.");
    }

    @Test
    void every_fault_is_named_in_the_verdict_and_shown() {
        var progress = new Progress(5, 0, 0, 0, 0, 0, 1, 0, 1);
        var verification = new Verification(3, List.of("x", "y"), List.of(LOST, WRONG));
        var report =
                report(
                        progress,
                        verification,
                        List.of(WRONG),
                        List.of(new IllegalStateException("oops")));

        assertThat(report.isOk()).isFalse();
        assertThat(report.lines())
                .contains(
                        "Wrong answer: GET k  on  k",
                        "Lost: GET k  on  k",
                        "Wrong value: GET k  on  k",
                        "A client failed: java.lang.IllegalStateException: oops")
                .last()
                .isEqualTo(
                        "FAILED: 2 acknowledged writes lost, 1 wrong answer, 1 wrong value,"
                                + " 2 keys unread, 1 client failed.");
    }

    @Test
    void a_run_in_which_nothing_was_answered_proves_nothing() {
        var nothing = new Progress(0, 0, 0, 0, 0, 0, 0, 900, 0);

        assertThat(report(nothing, CLEAN, List.of(), List.of()).lines())
                .last()
                .isEqualTo("FAILED: no request was answered.");
    }

    @Test
    void a_long_list_of_faults_is_cut_short() {
        var findings = Collections.nCopies(50, WRONG);
        var report = report(PROGRESS, CLEAN, findings, List.of());

        assertThat(report.lines()).hasSizeLessThan(40);
    }

    @Test
    void quantiles_are_the_least_time_that_so_many_did_not_exceed() {
        var times = LongStream.rangeClosed(1, 200).mapToObj(Duration::ofNanos).toList().reversed();

        assertThat(Quantiles.of(times)).isEqualTo(new Quantiles(200, 100, 198, 200));
        assertThat(Quantiles.of(List.of(Duration.ofNanos(7)))).isEqualTo(new Quantiles(1, 7, 7, 7));
        assertThat(Quantiles.of(List.of())).isEqualTo(new Quantiles(0, 0, 0, 0));
    }

    @Test
    void times_have_about_three_digits_and_a_unit() {
        assertThat(Printed.time(1_500)).isEqualTo("1.50 us");
        assertThat(Printed.time(99_900)).isEqualTo("99.9 us");
        assertThat(Printed.time(310_000)).isEqualTo("310 us");
        assertThat(Printed.time(12_000_000)).isEqualTo("12.0 ms");
        assertThat(Printed.time(1_500_000_000)).isEqualTo("1.50 s");
    }

    private static Report report(
            Progress progress,
            Verification verification,
            List<Finding> findings,
            List<Throwable> failures) {
        return new Report(
                Duration.ofSeconds(20),
                progress,
                new Quantiles(201_334, 310_000, 4_200_000, 210_000_000),
                new Quantiles(0, 0, 0, 0),
                new Quantiles(400, 800_000, 12_000_000, 1_500_000_000),
                Map.of("shard", 200L, "connection", 180L, "listener", 20L),
                460,
                verification,
                findings,
                failures);
    }
}
