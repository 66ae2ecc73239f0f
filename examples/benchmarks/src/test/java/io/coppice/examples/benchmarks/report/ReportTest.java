package io.coppice.examples.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coppice.examples.benchmarks.peers.Catalogue;
import io.coppice.examples.benchmarks.peers.Results;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import javax.xml.parsers.DocumentBuilderFactory;

/** Of scores that are made up, it says what follows from them. */
class ReportTest {

    private final Results results = new Results();

    /** Operations, and nanoseconds for all of them. */
    private static String score(String workload, String contestant, long operations, long nanos) {
        return "%s %s score %d %d 30 40 2 50000 70000 0"
                .formatted(workload, contestant, operations, nanos);
    }

    @BeforeEach
    void read() {
        results.read(
                List.of(
                        score("pingpong1", "COPPICE", 4_000, 1_000_000),
                        score("pingpong1", "COPPICE", 6_000, 1_000_000),
                        score("pingpong1", "COPPICE", 10_000, 1_000_000),
                        score("pingpong1", "PEKKO", 500, 1_000_000),
                        score("pingpong1", "PEKKO_1", 1_500, 1_000_000),
                        score("pingpong1", "ERLANG", 500, 1_000_000),
                        score("chain-100k", "COPPICE", 100, 1_000_000),
                        score("chain-100k", "PEKKO", 100, 10_000_000),
                        "idle COPPICE score 10 1 1 1 1 0 0 2000"));
    }

    private static String printed(Consumer<PrintStream> text) {
        var bytes = new ByteArrayOutputStream();
        text.accept(new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8);
    }

    private String target(String words) {
        return printed(new Report(results)::printTargets)
                .lines()
                .filter(it -> it.contains(words))
                .findFirst()
                .orElseThrow()
                .replaceAll(" {2,}", "|");
    }

    @Test
    void a_ratio_is_that_of_our_median_to_the_best_of_a_peers_configurations() {
        assertThat(target("pingpong1 : Pekko"))
                .isEqualTo("P1|pingpong1 : Pekko|4.00x|3.00x|5.00x|gate|Pekko, 1 thread");
    }

    @Test
    void less_time_is_better() {
        assertThat(target("chain-100k")).contains("|10.0x|15.0x|25.0x|NO|Pekko");
    }

    @Test
    void a_limit_is_missed_from_above() {
        assertThat(target(" idle ")).contains("|200 B|160 B|100 B|NO");
    }

    @Test
    void what_was_not_measured_is_not_met() {
        assertThat(target("star-100k")).contains("|-|3.00x|6.00x|not measured");
    }

    @Test
    void the_worst_workload_speaks_for_all() {
        assertThat(target("messages : Erlang")).contains("|12.0x|", "worst: pingpong1, Erlang/OTP");
        assertThat(target("every workload")).contains("|4.00x|", "worst: pingpong1");
    }

    @Test
    void the_table_has_the_spread_and_the_cost_of_each() {
        var table = printed(out -> new Report(results).printScores(Catalogue.ALL, out));

        assertThat(table.lines().skip(1).findFirst().orElseThrow().split(" {2,}"))
                .startsWith("pingpong1", "Coppice", "M/s", "6.00", "4.00", "10.0", "1.00x");
        assertThat(table).contains("Pekko, 1 thread", "4.00x");
    }

    @Test
    void scores_can_be_kept() {
        var again = new Results();
        again.read(results.lines());
        assertThat(again.lines()).isEqualTo(results.lines()).hasSize(9);
    }

    @Test
    void the_plot_has_a_bar_a_gate_and_a_stretch_for_each_target_that_was_measured()
            throws Exception {
        var picture = parsed(new Report(results).plot());
        int measured = 4 + 1; // all, P1, P4 and P6, and P11

        assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(measured + 1);
        assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(measured);
    }

    @Test
    void costs_are_plotted_over_the_number_of_processes() throws Exception {
        var picture =
                parsed(
                        ScalePlot.of(
                                Map.of(
                                        "spawn", Map.of(1_000, 100.0, 1_000_000, 150.0),
                                        "chain", Map.of(1_000, 50.0, 1_000_000, 70.0)),
                                Map.of("spawn", Map.of(1_000, 10.0, 1_000_000, 50.0))));

        assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(6);
    }

    @Test
    void the_page_on_performance_names_every_target_with_its_gate_and_its_stretch()
            throws Exception {
        var page = Files.readString(Path.of("..", "..", "framework", "docs", "performance.md"));
        assertThat(Targets.ALL)
                .allSatisfy(target -> assertThat(page).contains(Report.promise(target)));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    }
}
