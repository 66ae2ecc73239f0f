package io.coppice.examples.kv.resp;

import io.coppice.examples.kv.store.Reply;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;

import java.util.List;

/** Turns a reply into the messages of Netty's codec. */
final class ReplyEncoder extends MessageToMessageEncoder<Reply> {

    ReplyEncoder() {
        super(Reply.class);
    }

    @Override
    protected void encode(ChannelHandlerContext context, Reply reply, List<Object> out) {
        switch (reply) {
            case Reply.Simple(var text) -> out.add(new SimpleStringRedisMessage(text));
            case Reply.Error(var text) -> out.add(new ErrorRedisMessage(text));
            case Reply.Number(var value) -> out.add(new IntegerRedisMessage(value));
            case Reply.Bulk(var value) ->
                    out.add(
                            new FullBulkStringRedisMessage(
                                    Unpooled.wrappedBuffer(value.slice(0, value.length()))));
            case Reply.Nil() -> out.add(FullBulkStringRedisMessage.NULL_INSTANCE);
            case Reply.NilArray() -> out.add(new ArrayHeaderRedisMessage(-1));
            case Reply.Array(var elements) -> {
                out.add(new ArrayHeaderRedisMessage(elements.size()));
                elements.forEach(element -> encode(context, element, out));
            }
        }
    }
}
