package io.coppice.examples.kv.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.examples.kv.log.LogOptions;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The tools that come with Redis: they must find nothing missing. Where they are not installed this
 * says so; where {@code CI} is set they must be.
 */
class RedisToolsTest {

    @TempDir Path data;

    private KvServer start(double killsPerSecond, Set<ChaosKind> targets) throws IOException {
        return KvServer.start(
                new KvServer.Settings(0, data, LogOptions.DEFAULT, 4, killsPerSecond, targets));
    }

    private static String run(String tool, KvServer server, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(tool, "-p", "" + server.address().getPort()));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } catch (IOException missing) {
            assertThat(System.getenv("CI")).as("CI needs " + tool + ": " + missing).isNull();
            System.out.println(
                    "[kv] NOT TESTED, for there is no " + tool + " (package redis-tools)");
            Assumptions.abort("no " + tool);
            throw missing;
        }
    }

    private static String benchmark(KvServer server) throws Exception {
        // Its own tool for whole runs: -n 200000.
        var requests = System.getProperty("kv.benchmark", "20000");
        return run(
                "redis-benchmark",
                server,
                "-t",
                "set,get,incr,lpush,hset",
                "-n",
                requests,
                "-c",
                "50",
                "-P",
                "16",
                "-q");
    }

    @Test
    void redis_cli_sets_and_gets() throws Exception {
        try (var server = start(0, Set.of())) {
            assertThat(run("redis-cli", server, "SET", "a", "1")).isEqualTo("OK\n");
            assertThat(run("redis-cli", server, "GET", "a")).isEqualTo("1\n");
            assertThat(run("redis-cli", server, "INFO")).contains("redis_version");
        }
    }

    @Test
    void redis_benchmark_completes() throws Exception {
        try (var server = start(0, Set.of())) {
            assertThat(benchmark(server)).contains("HSET:");
        }
    }

    @Test
    void redis_benchmark_completes_while_shards_and_supervisors_are_killed() throws Exception {
        try (var server = start(20, EnumSet.of(ChaosKind.SHARDS, ChaosKind.SUPERVISORS))) {
            assertThat(benchmark(server)).contains("HSET:").doesNotContain("Error");
            var requests = System.getProperty("kv.benchmark", "20000");
            assertThat(run("redis-cli", server, "GET", "counter:__rand_int__").strip())
                    .isEqualTo(requests);
        }
    }
}
