package io.coppice.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coppice.examples.benchmarks.peers.Catalogue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Each measurement runs for a moment, and says something that can be. */
class MainTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... arguments) throws Exception {
        return Main.run(new PrintStream(printed, true, UTF_8), arguments);
    }

    private String text() {
        return printed.toString(UTF_8);
    }

    /** The rows of the last table that was printed, cell by cell. */
    private List<List<String>> rows(String head) {
        return text().lines()
                .dropWhile(line -> !line.startsWith(head))
                .skip(1)
                .map(line -> List.of(line.strip().split(" {2,}")))
                .toList();
    }

    private static double number(String cell) {
        return Double.parseDouble(cell.replaceAll("[,%]", ""));
    }

    @Test
    void the_list_names_them_all() throws Exception {
        assertThat(run("list")).isZero();
        assertThat(text()).contains("kill-latency", "blocked-workers", "soak", "--minutes 30");
    }

    @Test
    void what_makes_no_sense_is_refused_and_explained() throws Exception {
        assertThat(run("sokk")).isEqualTo(2);
        assertThat(run("soak", "--hours", "1")).isEqualTo(2);
        assertThat(run("soak", "--minutes")).isEqualTo(2);
        assertThat(run("soak", "--minutes", "-1")).isEqualTo(2);
        assertThat(text())
                .contains("no measurement: sokk", "--hours: unknown", "without a value", "-1");
    }

    @Test
    void news_of_a_kill_takes_some_time_in_each_case() throws Exception {
        assertThat(run("kill-latency", "--rounds", "5", "--warm-up", "0")).isZero();
        var rows = rows("the killed");

        assertThat(rows).hasSize(Blocking.values().length * 2 * 4);
        assertThat(rows)
                .allSatisfy(
                        row -> {
                            double median = number(row.get(4));
                            assertThat(median).isPositive();
                            assertThat(number(row.get(6))).isGreaterThanOrEqualTo(median);
                            assertThat(number(row.get(7))).isEqualTo(5);
                        });
    }

    @Test
    void others_run_while_workers_are_blocked() throws Exception {
        assertThat(run("blocked-workers", "--rounds", "2", "--seconds", "0.2", "--warm-up", "0"))
                .isZero();
        var rows = rows("workers");

        assertThat(rows).extracting(row -> row.get(0)).containsExactly("free", "blocked");
        assertThat(rows)
                .allSatisfy(
                        row -> {
                            assertThat(number(row.get(1))).isPositive();
                            assertThat(number(row.get(4))).isEqualTo(400);
                            assertThat(number(row.get(5))).isPositive();
                            assertThat(number(row.get(6))).isPositive();
                        });
    }

    @Test
    void peers_take_turns_in_machines_of_their_own() throws Exception {
        int number = Catalogue.ALL.indexOf(Catalogue.named("chain-1k")) + 1;
        var brief = "peers --rounds 1 --warm-up 0 --seconds 0.01 --program " + number;
        assertThat(run(brief.split(" "))).isZero();

        assertThat(rows("workload"))
                .filteredOn(row -> row.size() > 6 && row.get(0).equals("chain-1k"))
                .extracting(row -> row.get(1))
                .contains("Coppice", "Pekko, 1 thread");
        assertThat(text()).doesNotContain("NaN");
        assertThat(text()).contains("P6   chain-100k : best peer", "not measured");
        assertThat(Path.of("target", "benchmarks", "peers.svg")).content().contains("<svg");
    }

    @Test
    void what_an_operation_costs_is_plotted() throws Exception {
        var brief = "scale --rounds 1 --warm-up 0 --seconds 0 --largest 1000".split(" ");
        assertThat(run(brief)).isZero();

        assertThat(rows("ns for each"))
                .filteredOn(row -> row.size() == 5)
                .extracting(row -> row.get(0))
                .containsExactly("spawn", "message", "chain", "star");
        assertThat(rows("ns for each"))
                .filteredOn(row -> row.size() == 5)
                .allSatisfy(row -> assertThat(number(row.get(2))).isBetween(1.0, 1e9));
        assertThat(Path.of("target", "benchmarks", "scale.svg")).content().contains("<circle");
    }

    @Test
    void a_profile_names_frames_and_what_is_allocated() throws Exception {
        var brief = "profile --program 1 --warm-up 0 --seconds 0.5 --frames 3".split(" ");
        assertThat(run(brief)).isZero();

        assertThat(text()).containsPattern("pingpong1: [0-9.]+ M/s");
        assertThat(text()).containsPattern("\\w+\\.\\w+:\\d+ +[0-9.]+%");
        assertThat(text()).containsPattern("coppice\\S+ +[0-9.]+%");
    }

    @Test
    void a_brief_soak_leaves_nothing_behind() throws Exception {
        var brief = "soak --minutes 0.03 --warm-up 0.5 --settle 0 --every 1".split(" ");
        int exit = run(brief);

        assertThat(text()).contains("kills/s").doesNotContain("  NO ");
        assertThat(rows("what must hold")).hasSizeGreaterThan(10);
        assertThat(exit).isZero();
    }
}
