package io.coppice.examples.kv.server;

import io.coppice.actor.Node;
import io.coppice.examples.kv.driver.World;
import io.coppice.examples.kv.log.DataDirectory;
import io.coppice.examples.kv.log.LogOptions;
import io.coppice.supervision.TreeView;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A running server: the premises, and the tree that runs on them. For any thread. */
public final class KvServer implements World {

    private final DataDirectory data;
    private final Port port;
    private final ChaosLog chaos = new ChaosLog();
    private final Census census = new Census();
    private final Node node;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * What to run.
     *
     * @param port on the loopback interface; 0 for any that is free
     * @param data the directory of the logs, created if it is not there
     * @param shards 1 or more; fixed for a directory once it is made
     * @param killsPerSecond 0 for none
     * @param targets what may be killed
     */
    public record Settings(
            int port,
            Path data,
            LogOptions log,
            int shards,
            double killsPerSecond,
            Set<ChaosKind> targets) {}

    private KvServer(DataDirectory data, Port port, Premises premises, Settings settings) {
        this.data = data;
        this.port = port;
        var tree =
                KvTree.of(premises, census, chaos, settings.killsPerSecond(), settings.targets());
        this.node = Node.start(tree);
        node.ended(node.root().orElseThrow())
                .thenRunAsync(this::close, Thread.ofVirtual().name("end of kv")::start);
    }

    /**
     * Starts a server; returns when it serves.
     *
     * @throws IOException if the port or the directory is in use, or the disk fails
     */
    public static KvServer start(Settings settings) throws IOException {
        var data = DataDirectory.open(settings.data(), settings.shards());
        try {
            var door = new Door(new SecureRandom()::nextLong);
            var port = Port.open(settings.port(), door);
            try {
                var premises = new Premises(data::shard, settings.log(), door, settings.shards());
                return new KvServer(data, port, premises, settings);
            } catch (RuntimeException failed) {
                port.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            data.close();
            throw failed;
        }
    }

    /** The node that the tree runs on. */
    Node node() {
        return node;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number());
    }

    @Override
    public List<String> tree() {
        return node.root().flatMap(root -> TreeView.of(node, root)).stream()
                .flatMap(tree -> tree.print().lines())
                .toList();
    }

    @Override
    public long restarts() {
        return census.restarts();
    }

    @Override
    public Map<String, Long> killsByKind() {
        var kills = new TreeMap<String, Long>();
        chaos.kills().forEach((kind, count) -> kills.put(kind.singular(), count));
        return kills;
    }

    @Override
    public List<Duration> recoveries() {
        return chaos.recoveries().mapToObj(Duration::ofNanos).toList();
    }

    @Override
    public void stopChaos() {
        node.registry().ref(KvTree.CHAOS).send(new Chaos.Message.Rest());
    }

    @Override
    public void awaitEnd() {
        ended.join();
    }

    @Override
    public void close() {
        node.close();
        port.close();
        try {
            data.close();
        } catch (IOException unlocked) {
            // The lock goes with the process at the latest.
        }
        ended.complete(null);
    }
}
