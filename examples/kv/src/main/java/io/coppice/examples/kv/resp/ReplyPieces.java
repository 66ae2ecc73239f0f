package io.coppice.examples.kv.resp;

import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.handler.codec.redis.DefaultBulkStringRedisContent;
import io.netty.handler.codec.redis.DefaultLastBulkStringRedisContent;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A reply in messages of Netty's encoder, none of which is long, made as they are asked for. */
final class ReplyPieces implements Iterator<RedisMessage> {

    /** The most bytes of one piece. */
    static final int LONGEST = 1 << 16;

    private final Deque<Iterator<Reply>> replies = new ArrayDeque<>();
    private @Nullable Bytes string; // being cut into pieces
    private int cut; // how much of it has been

    ReplyPieces(Reply reply) {
        replies.push(List.of(reply).iterator());
    }

    @Override
    public boolean hasNext() {
        while (!replies.isEmpty() && !replies.element().hasNext()) {
            replies.pop();
        }
        return string != null || !replies.isEmpty();
    }

    @Override
    public RedisMessage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return string != null ? content(string) : piece(replies.element().next());
    }

    private RedisMessage piece(Reply reply) {
        return switch (reply) {
            case Reply.Simple(var text) -> new SimpleStringRedisMessage(text);
            case Reply.Error(var text) -> new ErrorRedisMessage(text);
            case Reply.Number(var value) -> new IntegerRedisMessage(value);
            case Reply.Nil() -> FullBulkStringRedisMessage.NULL_INSTANCE;
            case Reply.NilArray() -> new ArrayHeaderRedisMessage(-1);
            case Reply.Bulk(var value) when value.length() <= LONGEST ->
                    new FullBulkStringRedisMessage(buffer(value, 0, value.length()));
            case Reply.Bulk(var value) -> {
                string = value;
                cut = 0;
                yield new BulkStringHeaderRedisMessage(value.length());
            }
            case Reply.Array(var elements) -> {
                replies.push(elements.iterator());
                yield new ArrayHeaderRedisMessage(elements.size());
            }
        };
    }

    private RedisMessage content(Bytes whole) {
        int from = cut;
        cut = Math.min(whole.length(), from + LONGEST);
        ByteBuf bytes = buffer(whole, from, cut);
        if (cut < whole.length()) {
            return new DefaultBulkStringRedisContent(bytes);
        }
        string = null;
        return new DefaultLastBulkStringRedisContent(bytes);
    }

    private static ByteBuf buffer(Bytes bytes, int from, int to) {
        return Unpooled.wrappedBuffer(bytes.slice(from, to));
    }
}
