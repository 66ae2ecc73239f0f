package io.coppice.examples.kv;

import org.awaitility.Awaitility;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Redis of this machine, to compare with. Debian's package of its tools has one under another
 * name, for the server is the same program as its checkers and goes by what it is called.
 */
public final class RealRedis implements Closeable {

    private final Path directory;
    private final Process process;
    private final int port;

    private RealRedis(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    public static Optional<Path> program() {
        return Stream.of("/usr/bin/redis-server", "/usr/bin/redis-check-rdb")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static RealRedis start() throws IOException {
        Path directory = Files.createTempDirectory("real-redis");
        Path server = directory.resolve("redis-server");
        Files.createSymbolicLink(server, program().orElseThrow());
        int port = freePort();
        Process process =
                new ProcessBuilder(
                                server.toString(),
                                "--port",
                                String.valueOf(port),
                                "--bind",
                                "127.0.0.1",
                                "--save",
                                "",
                                "--enable-debug-command",
                                "yes")
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var redis = new RealRedis(directory, process, port);
        Awaitility.await().ignoreExceptions().until(redis::answers);
        return redis;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() throws IOException {
        try (var client = client()) {
            client.ask("PING");
            return true;
        }
    }

    public RespClient client() throws IOException {
        return new RespClient(port);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(directory.resolve("redis-server"));
        Files.deleteIfExists(directory);
    }
}
