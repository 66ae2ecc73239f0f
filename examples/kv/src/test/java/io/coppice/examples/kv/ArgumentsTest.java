package io.coppice.examples.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.coppice.examples.kv.Options.Fsync;
import io.coppice.examples.kv.Options.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class ArgumentsTest {

    @Test
    void nothing_asks_for_the_demonstration() {
        assertThat(options()).isEqualTo(Options.demo());
        assertThat(options().chaosPerSecond()).isEqualTo(20);
        assertThat(options().data()).isEmpty();
        assertThat(options().chaosAt()).containsExactlyInAnyOrder(Target.values());
    }

    @Test
    void serve_alone_asks_for_no_chaos_and_for_data_that_stays() {
        assertThat(options("--serve")).isEqualTo(Options.server());
        assertThat(options("--serve").chaosPerSecond()).isZero();
        assertThat(options("--serve").data()).contains(Path.of("kv-data"));
    }

    @Test
    void every_option_of_the_demonstration_counts() {
        var options =
                options(
                        "--port",
                        "0",
                        "--data",
                        "d",
                        "--fsync",
                        "always",
                        "--shards",
                        "2",
                        "--chaos",
                        "0.5",
                        "--chaos-at",
                        "shards,listener",
                        "--seconds",
                        "3",
                        "--clients",
                        "1");

        assertThat(options.port()).isZero();
        assertThat(options.data()).contains(Path.of("d"));
        assertThat(options.fsync()).isEqualTo(Fsync.ALWAYS);
        assertThat(options.shards()).isEqualTo(2);
        assertThat(options.chaosPerSecond()).isEqualTo(0.5);
        assertThat(options.chaosAt()).containsExactlyInAnyOrder(Target.SHARDS, Target.LISTENER);
        assertThat(options.duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.clients()).isEqualTo(1);
    }

    @Test
    void a_value_may_follow_an_equals_sign() {
        assertThat(options("--port=1234", "--chaos=5").port()).isEqualTo(1234);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --prot 1             | unknown option --prot; did you mean --port?
                    --chaosat shards     | unknown option --chaosat; did you mean --chaos-at?
                    --something-else     | unknown option --something-else; --help lists them all
                    serve                | unknown option serve; did you mean --serve?
                    --port 65536         | --port 65536: not a number from 0 to 65535
                    --port x             | --port x: not a number from 0 to 65535
                    --port=              | --port : not a number from 0 to 65535
                    --port               | --port needs a value: listen there
                    --serve=yes          | --serve takes no value: yes
                    --shards 0           | --shards 0: not a number from 1 to 256
                    --chaos -1           | --chaos -1: not a number from 0 to 1000
                    --chaos 1e3          | --chaos 1e3: not a number from 0 to 1000
                    --chaos-at shard     | --chaos-at shard: 'shard' is none of shards, supervisors,
                    --chaos-at shards,   | --chaos-at shards,: '' is none of shards, supervisors,
                    --fsync sometimes    | --fsync sometimes: 'sometimes' is none of always,
                    --seconds 0          | --seconds 0: not a number from 1 to 86400
                    --clients 1001       | --clients 1001: not a number from 1 to 1000
                    --port 1 --port 1    | --port is given twice
                    --serve --seconds 5  | --seconds has no meaning with --serve
                    """)
    void what_makes_no_sense_is_named_with_its_value(String line, String problem) {
        assertThat(problems(line)).singleElement().asString().startsWith(problem);
    }

    @Test
    void all_problems_are_named_at_once() {
        assertThat(problems("--port x --shards y --nonsense"))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("--shards y"));
    }

    @Test
    void help_wins_and_lists_every_option() {
        assertThat(Arguments.parse("--port", "x", "--help")).isEqualTo(new Arguments.Help());
        for (var option : Arguments.Option.values()) {
            assertThat(Arguments.help()).anyMatch(line -> line.contains(option.flag + " "));
        }
        assertThat(Arguments.help()).allMatch(line -> line.length() <= 100);
    }

    private static Options options(String... words) {
        return Arguments.parse(words) instanceof Arguments.Run(var options)
                ? options
                : fail("not understood");
    }

    private static List<String> problems(String line) {
        return Arguments.parse(line.split(" ")) instanceof Arguments.Wrong(var problems)
                ? problems
                : List.of();
    }
}
