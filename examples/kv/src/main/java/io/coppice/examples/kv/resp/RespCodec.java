package io.coppice.examples.kv.resp;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.redis.FixedRedisMessagePool;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;

/**
 * RESP2 for the connections of one server.
 *
 * <p>In the pipeline of a channel, it passes each request on as its words, a {@code List<Bytes>} of
 * one at least, and the first thing that is no request as the {@code Reply.Error} to send for it;
 * after that it passes on nothing, and the channel is to be closed once the error is written. A
 * {@code Reply} that is written becomes bytes. Each request is to be answered by one reply, in
 * order.
 *
 * <p>Bounds, each from {@link RespLimits}: a request takes memory as its bytes come in, never as
 * its lengths announce them; the requests of all clients together take no more than is allowed, and
 * who goes beyond is refused; who stops in the middle of a request, or stops reading, is let go
 * after a while. Replies are encoded while the client reads them, so of one that does not there are
 * the replies themselves and no more than the channel's high-water mark of bytes; it is for the
 * receiver of the requests to stop reading while the channel is not writable.
 */
public final class RespCodec {

    private static final RespCodec DEFAULT = new RespCodec(RespLimits.DEFAULT);

    private final RespLimits limits;
    private final RequestMemory memory;

    public RespCodec(RespLimits limits) {
        this.limits = limits;
        this.memory = new RequestMemory(limits.allRequestsBytes());
    }

    /** Adds the codec with the default limits, all channels of this JVM together. */
    public static void install(ChannelPipeline pipeline) {
        DEFAULT.addTo(pipeline);
    }

    /** Adds the codec at the end of a channel's pipeline. */
    public void addTo(ChannelPipeline pipeline) {
        var account = new RequestAccount(memory, limits.requestBytes());
        var assembler = new RequestAssembler(limits, account);
        pipeline.addLast(
                new StallGuard(limits.stall(), assembler),
                new RedisDecoder(limits.inlineBytes(), FixedRedisMessagePool.INSTANCE, true),
                new RedisEncoder(),
                new ReplyWriter(limits.stall(), account),
                assembler);
    }

    /** How much the requests take that are being received or are not answered, in bytes. */
    public long requestBytes() {
        return memory.takenBytes();
    }
}
