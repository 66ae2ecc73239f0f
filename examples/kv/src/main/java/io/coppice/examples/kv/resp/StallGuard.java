package io.coppice.examples.kv.resp;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Stands before the decoder: notices a client that keeps silent in the middle of a request, which a
 * connection does whose other end is gone, and drops what comes after the last request.
 *
 * <p>A client whose bytes are not read for now is not held to be silent.
 */
final class StallGuard extends ChannelDuplexHandler {

    private final Duration stall;
    private final RequestAssembler assembler;
    private long moves; // of the client, or of those who let it
    private boolean inRequest;
    private boolean paused;
    private @Nullable Future<?> alarm;

    StallGuard(Duration stall, RequestAssembler assembler) {
        this.stall = stall;
        this.assembler = assembler;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (assembler.isBroken()) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        long completed = assembler.completed();
        moves++;
        context.fireChannelRead(bytes);
        boolean cameToAnEnd = assembler.completed() > completed && assembler.isBetweenRequests();
        inRequest = !cameToAnEnd && !assembler.isBroken();
        if (inRequest && alarm == null) {
            watch(context, moves);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        paused = !context.channel().config().isAutoRead();
        context.fireChannelReadComplete();
    }

    /** After a pause the client has its time again. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (paused) {
            paused = false;
            moves++;
        }
        context.read();
    }

    private void watch(ChannelHandlerContext context, long movesByNow) {
        alarm =
                context.executor()
                        .schedule(
                                () -> look(context, movesByNow),
                                stall.toNanos(),
                                TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context, long movesByThen) {
        alarm = null;
        if (!inRequest) {
            return;
        }
        if (moves == movesByThen && context.channel().config().isAutoRead()) {
            inRequest = false;
            assembler.stalled(context.pipeline().context(assembler));
        } else {
            watch(context, moves);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        inRequest = false;
        context.fireChannelInactive();
    }
}
