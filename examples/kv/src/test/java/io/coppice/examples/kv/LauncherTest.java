package io.coppice.examples.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coppice.examples.kv.driver.FakeWorld;
import io.coppice.examples.kv.driver.Screen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@Timeout(30)
class LauncherTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<FakeWorld> worlds = new ArrayList<>();
    private final List<Path> data = new ArrayList<>();

    @Test
    void a_demonstration_of_a_right_server_ends_with_ok() {
        int code = launcher(FakeWorld::right).run("--seconds", "1", "--clients", "2");

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8).lines())
                .last()
                .isEqualTo("OK: no acknowledged write was lost, and no answer was wrong.");
        assertThat(out.toString(UTF_8))
                .contains("20 kills per second at shards, supervisors, connections, listener");
        assertThat(worlds).singleElement().matches(FakeWorld::isChaosStopped);
        assertThat(worlds).singleElement().matches(FakeWorld::isClosed);
        assertThat(data).singleElement(PATH).doesNotExist();
    }

    @Test
    void a_demonstration_of_a_broken_server_fails_and_says_why() {
        int code = launcher(FakeWorld::broken).run("--seconds", "1", "--clients", "2");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString(UTF_8).lines()).last().asString().startsWith("FAILED: ");
        assertThat(out.toString(UTF_8)).contains("  answered  ", "  expected  ");
    }

    @Test
    void a_named_directory_stays(@TempDir Path directory) throws IOException {
        Path named = directory.resolve("named");
        launcher(FakeWorld::right).run("--seconds", "1", "--data", named.toString());

        assertThat(data).singleElement().isEqualTo(named);
        assertThat(named).isNotEmptyDirectory();
    }

    @Test
    void serving_goes_on_until_the_server_ends_by_itself(@TempDir Path directory) {
        var code =
                CompletableFuture.supplyAsync(
                        () ->
                                launcher(FakeWorld::right)
                                        .run("--serve", "--data", directory.toString()),
                        Thread.ofVirtual()::start);
        await().until(() -> code.isDone() || out.toString(UTF_8).contains("redis-cli -p "));
        assertThat(code).as(() -> err.toString(UTF_8)).isNotDone();

        worlds.getFirst().close();

        assertThat(code.join()).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("ended by itself");
    }

    @Test
    void a_server_that_cannot_start_is_a_failure() {
        int code =
                launcher(
                                () -> {
                                    throw new IOException("port 7379 is taken");
                                })
                        .run("--seconds", "1");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("port 7379 is taken");
    }

    @Test
    void a_command_line_that_makes_no_sense_starts_nothing() {
        assertThat(launcher(FakeWorld::right).run("--prot", "1")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("did you mean --port?");
        assertThat(worlds).isEmpty();
    }

    @Test
    void help_goes_to_standard_output() {
        assertThat(launcher(FakeWorld::right).run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("--chaos-at WHAT,...");
    }

    private interface Worlds {
        FakeWorld start() throws IOException;
    }

    private Launcher launcher(Worlds kind) {
        ServerFactory servers =
                (options, directory) -> {
                    Files.writeString(directory.resolve("shard-0.log"), "");
                    data.add(directory);
                    var world = kind.start();
                    worlds.add(world);
                    return world;
                };
        return new Launcher(
                servers,
                new Screen(new PrintStream(out, true, UTF_8), false),
                new PrintStream(err, true, UTF_8));
    }
}
