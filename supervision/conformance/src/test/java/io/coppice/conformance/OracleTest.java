package io.coppice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs scenarios that nobody has seen before on a real Erlang/OTP, on Coppice and on the model. */
class OracleTest {

    private static final Path ORACLE = Path.of("src/test/oracle");

    /** Ten times as many: -Doracle.factor=10. */
    private static final int FACTOR = Integer.getInteger("oracle.factor", 1);

    private static final long PATIENCE_SECONDS = 120L * FACTOR;

    @TempDir Path folder;

    @BeforeEach
    void erlang_is_installed() throws IOException {
        if (isInstalled("erl") && isInstalled("erlc") && isInstalled("escript")) {
            for (var name : List.of("oracle", "gen.escript", "src/oracle.erl")) {
                var copy = folder.resolve(name);
                Files.createDirectories(copy.getParent());
                Files.copy(ORACLE.resolve(name), copy);
            }
            return;
        }
        var missing = "Erlang is not installed: nothing was compared with a real OTP";
        System.out.println("NOT CHECKED: " + missing);
        assertThat(System.getenv("CI")).as(missing).isNotEqualTo("true");
        abort(missing);
    }

    @Test
    void generated_scenarios_of_links_and_monitors_have_the_same_trace() throws Exception {
        compare(60, (seed, count, fresh) -> generate(seed, count, fresh));
    }

    @Test
    void generated_supervision_trees_have_the_same_trace() throws Exception {
        compare(40, (seed, count, fresh) -> generate(seed, count, fresh, "sup"));
    }

    @Test
    void scenarios_with_long_sequences_and_held_mailboxes_have_the_same_trace() throws Exception {
        compare(60, (seed, count, fresh) -> write(seed, count, fresh, FreshLinks::scenario));
    }

    @Test
    void trees_with_dynamic_supervisors_have_the_same_trace() throws Exception {
        compare(20, (seed, count, fresh) -> write(seed, count, fresh, FreshTrees::scenario));
    }

    /** Writes so many scenarios for a seed into a folder. */
    private interface Source {
        void writeTo(int seed, int count, Path fresh) throws Exception;
    }

    private void compare(int atLeast, Source source) throws Exception {
        int count = atLeast * FACTOR;
        int seed = ThreadLocalRandom.current().nextInt(1_000_000, 100_000_000);
        var fresh = Files.createDirectory(folder.resolve("fresh"));
        source.writeTo(seed, count, fresh);
        var corpus = Corpus.in(fresh);
        var files = corpus.stream().map(entry -> entry.file().toString());
        execute(Stream.concat(Stream.of("sh", "oracle", "--write"), files).toList());

        assertThat(corpus).hasSize(count).allSatisfy(OracleTest::isEqual);
        System.out.println("Equal to the oracle: " + count + " fresh scenarios, seed " + seed);
    }

    /** The model is held to the oracle as well. */
    private static void isEqual(Corpus.Entry entry) {
        assertThat(entry.difference()).as(() -> entry.name() + ":\n" + entry.scenario()).isEmpty();
        var scenario = ScenarioParser.parse(entry.name(), entry.scenario());
        var trace = ModelDriver.trace(scenario, ModelOrder.prompt());
        assertThat(Difference.between(entry.trace(), trace))
                .as(() -> "the model, " + entry.name() + ":\n" + entry.scenario())
                .isEmpty();
    }

    private void generate(int seed, int count, Path fresh, String... kind) throws Exception {
        var command = new ArrayList<>(List.of("escript", "gen.escript"));
        command.addAll(List.of(kind));
        command.addAll(List.of("" + seed, "0", "" + count, fresh.toString()));
        execute(command);
    }

    private static void write(int seed, int count, Path fresh, LongFunction<String> scenario)
            throws IOException {
        for (long each = seed; each < seed + count; each++) {
            Files.writeString(fresh.resolve("f" + each + ".scn"), scenario.apply(each));
        }
    }

    private void execute(List<String> command) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean isOver = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!isOver) {
            process.destroyForcibly();
        }
        assertThat(isOver).as("%s is over in time", command.getFirst()).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output, UTF_8)).isZero();
    }

    private static boolean isInstalled(String program) {
        var path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
