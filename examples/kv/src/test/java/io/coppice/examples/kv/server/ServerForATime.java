package io.coppice.examples.kv.server;

import io.coppice.actor.Node;
import io.coppice.examples.kv.log.LogOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;

/** A server as the program starts it, whose data are deleted when it is closed. */
final class ServerForATime implements AutoCloseable {

    private static final int SHARDS = 4;

    private final Path data;
    private final KvServer server;

    ServerForATime() throws IOException {
        data = Files.createTempDirectory("kv");
        server =
                KvServer.start(
                        new KvServer.Settings(0, data, LogOptions.DEFAULT, SHARDS, 0, Set.of()));
    }

    Node node() {
        return server.node();
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
