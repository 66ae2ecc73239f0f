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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The open port: whoever connects to it comes to the {@link Door}. For any thread. */
final class Port implements AutoCloseable {

    private static final int BACKLOG = 1_024;

    private final MultiThreadIoEventLoopGroup threads;
    private final Door door;
    private final Channel channel;

    private Port(MultiThreadIoEventLoopGroup threads, int number, Door door) throws IOException {
        this.threads = threads;
        this.door = door;
        this.channel = bind(number);
    }

    /**
     * @param number on the loopback interface; 0 for any that is free
     * @throws IOException if it is taken
     */
    static Port open(int number, Door door) throws IOException {
        var threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            return new Port(threads, number, door);
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
                                        RespCodec.install(channel.pipeline());
                                        door.arrive(channel);
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

    int number() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
