package io.coppice.examples.kv;

import io.coppice.examples.kv.resp.RespCodec;
import io.coppice.examples.kv.session.Session;
import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Commands;
import io.coppice.examples.kv.store.ConnectionCommand;
import io.coppice.examples.kv.store.Dialogue;
import io.coppice.examples.kv.store.RedisError;
import io.coppice.examples.kv.store.Reply;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A server of one thread and without a disk: enough to hear what clients say to the codec. */
public final class TinyServer implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup threads =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Dialogue data = new Dialogue(3);
    private final List<Channel> channels = new CopyOnWriteArrayList<>();
    private final RespCodec codec;
    private final Channel port;

    public TinyServer(RespCodec codec) {
        this.codec = codec;
        this.port =
                new ServerBootstrap()
                        .group(threads)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channels.add(channel);
                                        codec.addTo(channel.pipeline());
                                        channel.pipeline().addLast(new Client(channels.size()));
                                    }
                                })
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .syncUninterruptibly()
                        .channel();
    }

    public int port() {
        return ((InetSocketAddress) port.localAddress()).getPort();
    }

    public RespCodec codec() {
        return codec;
    }

    /** The connections so far, oldest first. */
    public List<Channel> channels() {
        return channels;
    }

    private final class Client extends ChannelInboundHandlerAdapter {
        private final Session session;

        Client(long id) {
            session = new Session(id, "somewhere:1");
        }

        @Override
        @SuppressWarnings("unchecked") // the codec passes lists of words on, and errors
        public void channelRead(ChannelHandlerContext context, Object received) {
            if (received instanceof Reply error) {
                context.writeAndFlush(error).addListener(ChannelFutureListener.CLOSE);
            } else {
                context.writeAndFlush(answer((List<Bytes>) received));
            }
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        private Reply answer(List<Bytes> words) {
            try {
                return Commands.parse(words) instanceof ConnectionCommand command
                        ? session.answer(command)
                        : data.reply(words);
            } catch (RedisError refusal) {
                return refusal.reply();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
