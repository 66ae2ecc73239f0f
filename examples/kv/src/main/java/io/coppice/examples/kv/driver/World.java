package io.coppice.examples.kv.driver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A server in this JVM, and the chaos in it. Its methods may be called from any thread, and none
 * but {@link #awaitEnd} and {@link #close} waits for anything.
 */
public interface World extends AutoCloseable {

    /** Where clients can reach it. */
    InetSocketAddress address();

    /** The tree as it is now, one line for each process or group of alike ones. */
    List<String> tree();

    /** How many processes were started again so far. */
    long restarts();

    /** How many processes chaos has killed so far, by what they are ({@code shard}, say). */
    Map<String, Long> killsByKind();

    /** How long each recovery took, from the kill until the tree was whole again. */
    List<Duration> recoveries();

    /** After this, nothing more is killed. What was killed before may still be recovering. */
    void stopChaos();

    /** Returns when the server has ended, by itself or because it was closed. */
    void awaitEnd() throws InterruptedException;

    /** Stops the server in order. Does nothing the second time. */
    @Override
    void close();
}
