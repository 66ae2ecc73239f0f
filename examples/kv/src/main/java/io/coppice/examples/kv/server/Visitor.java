package io.coppice.examples.kv.server;

import io.coppice.actor.ActorRef;
import io.coppice.examples.kv.session.Session;
import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A client, from the moment it comes to the door until it leaves: longer than the process that
 * serves it. Whoever serves it {@linkplain #take takes} it, and is told of all requests that are
 * not answered; when that process dies, the client waits for another, and its requests with it.
 *
 * <p>Which requests are open is known to the thread of the channel alone.
 */
final class Visitor extends ChannelInboundHandlerAdapter {

    /** So many requests unanswered, or so many bytes in them, and no more are read. */
    private static final int MOST_OPEN = 4_096;

    private static final long MOST_OPEN_BYTES = 16L << 20;

    private final long id;
    private final Channel channel;
    private final Door door;
    private final Session session;
    private final AtomicReference<@Nullable Hold> holder = new AtomicReference<>();

    // For the thread of the channel.
    private final Deque<Open> open = new ArrayDeque<>();
    private long openBytes;
    private long numbers;
    private @Nullable Hold serving;
    private boolean finished;

    /** A request that is not answered. */
    private record Open(Connection.Message request, long bytes) {}

    Visitor(long id, Channel channel, Door door) {
        this.id = id;
        this.channel = channel;
        this.door = door;
        this.session = new Session(id, address());
    }

    long id() {
        return id;
    }

    /** What the client has said about itself; for the connection that serves it. */
    Session session() {
        return session;
    }

    private String address() {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress() + ":" + remote.getPort()
                : "?";
    }

    /** Whether nobody serves it, and it is still there. */
    boolean isWaiting() {
        return holder.get() == null && channel.isActive();
    }

    /**
     * From now on {@code connection} hears what the client asks.
     *
     * @return empty if somebody else serves it, or it has left
     */
    Optional<Hold> take(ActorRef<Connection.Message> connection) {
        var hold = new Hold(connection);
        if (!channel.isActive() || !holder.compareAndSet(null, hold)) {
            return Optional.empty();
        }
        door.seated(this);
        channel.eventLoop().execute(() -> begin(hold));
        return Optional.of(hold);
    }

    /** Tells it why it cannot be served, and closes. */
    void turnAway(String error) {
        door.seated(this);
        channel.writeAndFlush(new Reply.Error(error)).addListener(ChannelFutureListener.CLOSE);
    }

    private void begin(Hold hold) {
        if (holder.get() == hold) {
            serving = hold;
            open.forEach(waiting -> hold.connection.send(waiting.request()));
            readIfWanted();
        }
    }

    private void readIfWanted() {
        channel.config()
                .setAutoRead(
                        serving != null
                                && open.size() < MOST_OPEN
                                && openBytes < MOST_OPEN_BYTES
                                && channel.isWritable());
    }

    // What comes from the client

    @Override
    @SuppressWarnings("unchecked") // the codec passes lists of words on, and errors
    public void channelRead(ChannelHandlerContext context, Object received) {
        var next =
                received instanceof Reply error
                        ? new Open(new Connection.Message.Malformed(numbers++, error), 0)
                        : asked((List<Bytes>) received);
        open.add(next);
        openBytes += next.bytes();
        if (serving != null) {
            serving.connection.send(next.request());
        }
        readIfWanted();
    }

    private Open asked(List<Bytes> words) {
        long bytes = words.stream().mapToLong(Bytes::length).sum();
        return new Open(new Connection.Message.Asked(numbers++, words), bytes);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readIfWanted();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        door.left(this);
        open.clear();
        var last = holder.get();
        if (last != null) {
            last.connection.send(new Connection.Message.Left());
        }
    }

    /** The client sends nothing more; it is let go when all that it asked is answered. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            finished = true;
            leaveIfAnswered();
        }
        context.fireUserEventTriggered(event);
    }

    private void leaveIfAnswered() {
        if (finished && open.isEmpty()) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        channel.close(); // broken pipes and resets: the client has left
    }

    @Override
    public String toString() {
        return "client " + id;
    }

    /** What one process may do to its client, until it ends; after that nothing it does counts. */
    final class Hold implements AutoCloseable {
        private final ActorRef<Connection.Message> connection;

        private Hold(ActorRef<Connection.Message> connection) {
            this.connection = connection;
        }

        /** Answers the oldest requests. */
        void answer(List<Reply> replies) {
            channel.eventLoop()
                    .execute(
                            () -> {
                                if (serving == this) {
                                    write(replies);
                                }
                            });
        }

        /** Lets the client go when everything has been written. */
        void letGo() {
            channel.eventLoop()
                    .execute(
                            () -> {
                                if (serving == this) {
                                    channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                                            .addListener(ChannelFutureListener.CLOSE);
                                }
                            });
        }

        /** The process has ended, whatever the reason: the client waits for another. */
        @Override
        public void close() {
            channel.eventLoop().execute(() -> end(this));
        }
    }

    private void write(List<Reply> replies) {
        for (var reply : replies) {
            channel.write(reply);
            openBytes -= open.isEmpty() ? 0 : open.remove().bytes();
        }
        channel.flush();
        leaveIfAnswered();
        readIfWanted();
    }

    private void end(Hold hold) {
        if (serving == hold) {
            serving = null;
        }
        if (holder.compareAndSet(hold, null) && channel.isActive()) {
            readIfWanted();
            door.announce(this);
        }
    }
}
