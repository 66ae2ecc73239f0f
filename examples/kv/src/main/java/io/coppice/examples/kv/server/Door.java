package io.coppice.examples.kv.server;

import io.coppice.examples.kv.resp.RespCodec;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The open port. It is there before the tree and outlives every process of it, as a shop's door
 * outlives its keeper: while there is no listener clients wait, and when a client's process dies
 * the client stays, and waits for another. For any thread.
 */
final class Door implements AutoCloseable {

    private static final int BACKLOG = 1_024;

    private final MultiThreadIoEventLoopGroup threads;
    private final Channel port;
    private final Set<Visitor> waiting = ConcurrentHashMap.newKeySet();
    private final Set<Long> present = ConcurrentHashMap.newKeySet();
    private final SecureRandom ids = new SecureRandom();
    private final AtomicReference<@Nullable Consumer<Visitor>> keeper = new AtomicReference<>();

    private Door(MultiThreadIoEventLoopGroup threads, int port) throws IOException {
        this.threads = threads;
        this.port = bind(port);
    }

    /**
     * @param port on the loopback interface; 0 for any that is free
     * @throws IOException if it is taken
     */
    static Door open(int port) throws IOException {
        var threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            return new Door(threads, port);
        } catch (IOException | RuntimeException failed) {
            threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw failed;
        }
    }

    private Channel bind(int wanted) throws IOException {
        var bound =
                new ServerBootstrap()
                        .group(threads)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        arrive(channel);
                                    }
                                })
                        .bind(new InetSocketAddress("127.0.0.1", wanted))
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "port " + wanted + ": " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    private void arrive(SocketChannel channel) {
        var visitor = new Visitor(ids.nextLong(), channel, this);
        present.add(visitor.id());
        RespCodec.install(channel.pipeline());
        channel.pipeline().addLast("visitor", visitor);
        announce(visitor);
    }

    /** {@code visitor} waits for a connection. */
    void announce(Visitor visitor) {
        waiting.add(visitor);
        var host = keeper.get();
        if (host != null) {
            host.accept(visitor);
        }
    }

    /** {@code visitor} has a connection, or is told that it gets none. */
    void seated(Visitor visitor) {
        waiting.remove(visitor);
    }

    /** {@code visitor} has left. */
    void left(Visitor visitor) {
        waiting.remove(visitor);
        present.remove(visitor.id());
    }

    /** Whether the client with this id is there. */
    boolean knows(long client) {
        return present.contains(client);
    }

    /** How many wait for a connection. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Tells {@code host} of everybody who waits, and of everybody who will, until another takes its
     * place or it is closed.
     */
    AutoCloseable openFor(Consumer<Visitor> host) {
        keeper.set(host);
        waiting.forEach(host);
        return () -> keeper.compareAndSet(host, null);
    }

    int port() {
        return ((InetSocketAddress) port.localAddress()).getPort();
    }

    @Override
    public void close() {
        port.close().awaitUninterruptibly();
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
