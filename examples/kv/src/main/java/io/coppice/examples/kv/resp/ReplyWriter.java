package io.coppice.examples.kv.resp;

import io.coppice.examples.kv.store.Reply;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Writes replies as fast as the client reads them: only while the channel is writable does a reply
 * become bytes. A client that reads nothing for too long is let go.
 */
final class ReplyWriter extends ChannelDuplexHandler {

    /** Something to be written, in turn. */
    private record Turn(Object message, ChannelPromise promise) {}

    private final Duration stall;
    private final RequestAccount account;
    private final Deque<Turn> turns = new ArrayDeque<>(0);
    private @Nullable ReplyPieces pieces; // of the reply whose turn it is
    private long timesWritable;
    private boolean watched;

    ReplyWriter(Duration stall, RequestAccount account) {
        this.stall = stall;
        this.account = account;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof Reply) {
            account.answered();
        }
        turns.add(new Turn(message, promise));
        advance(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            timesWritable++;
            advance(context);
            context.flush();
        } else if (!watched) {
            watch(context, timesWritable);
        }
        context.fireChannelWritabilityChanged();
    }

    /** Writes what the channel takes; what it has been given up to then is on its way. */
    private void advance(ChannelHandlerContext context) {
        while (!turns.isEmpty() && context.channel().isWritable()) {
            Turn turn = turns.element();
            if (!(turn.message() instanceof Reply reply)) {
                context.write(turns.remove().message(), turn.promise());
                continue;
            }
            ReplyPieces rest = pieces == null ? new ReplyPieces(reply) : pieces;
            var piece = rest.next();
            if (rest.hasNext()) {
                pieces = rest;
                context.write(piece);
            } else {
                pieces = null;
                turns.remove();
                context.write(piece, turn.promise());
            }
        }
        if (!turns.isEmpty()) {
            context.flush();
        }
    }

    private void watch(ChannelHandlerContext context, long timesWritableByNow) {
        watched = true;
        context.executor()
                .schedule(
                        () -> look(context, timesWritableByNow),
                        stall.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context, long timesWritableByThen) {
        watched = false;
        if (!context.channel().isActive() || context.channel().isWritable()) {
            return;
        }
        if (timesWritable == timesWritableByThen) {
            context.close();
        } else {
            watch(context, timesWritable);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var closed = new ClosedChannelException();
        turns.forEach(
                turn -> {
                    ReferenceCountUtil.release(turn.message());
                    turn.promise().tryFailure(closed);
                });
        turns.clear();
        context.fireChannelInactive();
    }
}
