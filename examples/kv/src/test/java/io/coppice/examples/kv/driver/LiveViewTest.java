package io.coppice.examples.kv.driver;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

@Timeout(30)
class LiveViewTest {

    private static final Progress PROGRESS = new Progress(18_220, 12, 3, 0, 0, 0, 9, 0, 0);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void a_frame_shows_numbers_and_the_tree() {
        assertThat(moment(List.of("kv", "  shards")).frame())
                .containsExactly(
                        "4 s of 20 s   18,220 requests   9,110/s",
                        "kills 3: listener 1, shard 2   restarts 5",
                        "retries 12   unknown 3   wrong 0",
                        "",
                        "kv",
                        "  shards");
    }

    @Test
    void a_frame_of_a_large_tree_stays_within_twenty_lines() {
        var tree = IntStream.range(0, 1000).mapToObj(i -> "process " + i).toList();

        assertThat(moment(tree).frame())
                .hasSizeLessThanOrEqualTo(20)
                .last()
                .isEqualTo("... and 986 more lines");
    }

    @Test
    void a_line_says_the_same_without_the_tree() {
        assertThat(moment(List.of("kv")).line())
                .isEqualTo(
                        "  4 s      18,220 requests    9,110/s   kills 3   restarts 5"
                                + "   retries 12   unknown 3   wrong 0");
    }

    @Test
    void a_terminal_is_drawn_over_and_its_lines_never_wrap() {
        var screen = new Screen(new PrintStream(out, true, UTF_8), true);

        screen.draw(List.of("x".repeat(200), "two"));
        screen.draw(List.of("three"));
        screen.print(List.of("stays"));
        screen.draw(List.of("four"));

        assertThat(out.toString(UTF_8).replace("\u001b[", "<"))
                .isEqualTo(
                        ("\r<J" + "x".repeat(76) + "...\ntwo\n")
                                + "<2A\r<Jthree\n"
                                + "stays\n"
                                + "\r<Jfour\n");
    }

    @Test
    void elsewhere_there_are_few_lines_and_no_control_characters() throws Exception {
        String shown = show(false);

        assertThat(shown).doesNotContain("\u001b", "\r");
        assertThat(shown.lines()).hasSizeBetween(7, 10).contains("  shards  restarts 3");
    }

    @Test
    void a_terminal_ends_with_a_last_frame() throws Exception {
        assertThat(show(true)).contains("\u001b[").endsWith("  listener\n");
    }

    @Test
    void a_run_can_be_ended_early() throws Exception {
        try (var world = FakeWorld.right();
                var driver = Driver.start(Load.of(1, 1), world.address())) {
            var stop = new CountDownLatch(1);
            var view = new LiveView(screen(false), driver, world, Duration.ofHours(1));
            stop.countDown();

            view.show(stop);

            assertThat(view.elapsed()).isLessThan(Duration.ofMinutes(1));
        }
    }

    private String show(boolean isTerminal) throws Exception {
        try (var world = FakeWorld.right();
                var driver = Driver.start(Load.of(1, 1), world.address())) {
            var view = new LiveView(screen(isTerminal), driver, world, Duration.ofMillis(600));
            view.show(new CountDownLatch(1));
            return out.toString(UTF_8);
        }
    }

    private Screen screen(boolean isTerminal) {
        return new Screen(new PrintStream(out, true, UTF_8), isTerminal);
    }

    private static Moment moment(List<String> tree) {
        return new Moment(
                Duration.ofSeconds(4),
                Duration.ofSeconds(20),
                PROGRESS,
                "9,110",
                5,
                Map.of("shard", 2L, "listener", 1L),
                tree);
    }
}
