package io.coppice.examples.kv.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.examples.kv.driver.Driver;
import io.coppice.examples.kv.driver.Load;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The whole JVM of the server is killed, again and again, under load. */
class KillNineTest {

    private static final Pattern PORT = Pattern.compile("port (\\d+)");

    @TempDir Path data;

    /** A server in a JVM of its own. */
    private record Child(Process process, InetSocketAddress address) {

        static Child start(Path data) throws IOException {
            var process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx512m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "io.coppice.examples.kv.Main",
                                    "--serve",
                                    "--port",
                                    "0",
                                    "--data",
                                    data.toString())
                            .redirectError(new File(data.toFile(), "stderr.txt"))
                            .start();
            return new Child(process, address(process.inputReader()));
        }

        private static InetSocketAddress address(BufferedReader output) throws IOException {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                var found = PORT.matcher(line);
                if (found.find()) {
                    return new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), Integer.parseInt(found.group(1)));
                }
            }
            throw new IOException("the server ended before it served");
        }

        void killNine() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void no_acknowledged_write_is_lost_and_no_answer_is_wrong() throws Exception {
        var server = Child.start(data);
        try (var driver = Driver.start(Load.of(4, 42), server.address())) {
            for (int kill = 1; kill <= 3; kill++) {
                long wanted = driver.latency().count() + 3_000;
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> driver.latency().count() >= wanted);
                server.killNine();
                driver.pause();
                server = Child.start(data);
                driver.resume(server.address());
            }
            driver.pause();
            var verification = driver.verify(server.address(), Duration.ofSeconds(30));
            assertThat(driver.findings()).isEmpty();
            assertThat(driver.failures()).isEmpty();
            assertThat(verification.isClean()).as(verification.toString()).isTrue();
        } finally {
            server.process().destroy();
            assertThat(server.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
