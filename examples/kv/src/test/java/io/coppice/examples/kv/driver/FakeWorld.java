package io.coppice.examples.kv.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A world that is told what to say, around a server without processes. */
public final class FakeWorld implements World {

    private final FakeRedis server;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean chaosStopped;

    private FakeWorld(FakeRedis server) {
        this.server = server;
    }

    public static FakeWorld right() throws IOException {
        return new FakeWorld(new FakeRedis(Map.of(), 1));
    }

    public static FakeWorld broken() throws IOException {
        return new FakeWorld(new FakeRedis(Map.of(Fault.LOSE_A_WRITE, 100), 1));
    }

    public boolean isChaosStopped() {
        return chaosStopped;
    }

    public boolean isClosed() {
        return ended.getCount() == 0;
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public List<String> tree() {
        return List.of("kv", "  shards  restarts 3", "  listener");
    }

    @Override
    public long restarts() {
        return 3;
    }

    @Override
    public Map<String, Long> killsByKind() {
        return Map.of("shard", 2L, "listener", 1L);
    }

    @Override
    public List<Duration> recoveries() {
        return List.of(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(2));
    }

    @Override
    public void stopChaos() {
        chaosStopped = true;
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
