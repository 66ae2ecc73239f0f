package io.coppice.examples.kv.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.coppice.examples.kv.RespReader;
import io.coppice.examples.kv.store.Bytes;
import io.coppice.examples.kv.store.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A connection without a network, whose buffers are counted. */
final class Wire implements AutoCloseable {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final EmbeddedChannel channel = new EmbeddedChannel(false, false);
    private final RespCodec codec;

    Wire() {
        this(new RespCodec(RespLimits.DEFAULT));
    }

    Wire(RespCodec codec) {
        this.codec = codec;
        channel.config().setAllocator(allocator);
        codec.addTo(channel.pipeline());
        register();
        channel.freezeTime();
    }

    private void register() {
        try {
            channel.register();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    EmbeddedChannel channel() {
        return channel;
    }

    RespCodec codec() {
        return codec;
    }

    Wire receive(String latin1) {
        return receive(latin1.getBytes(ISO_8859_1));
    }

    Wire receive(byte[] bytes) {
        ByteBuf buffer = allocator.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
        channel.writeInbound(buffer);
        return this;
    }

    /** What has come out: lists of words, and at most one error at the end. */
    List<Object> requests() {
        var requests = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            requests.add(next);
        }
        return requests;
    }

    void send(Reply reply) {
        channel.writeOutbound(reply);
    }

    byte[] sent() {
        var bytes = new ByteArrayOutputStream();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            while (next.isReadable()) {
                bytes.write(next.readByte());
            }
            next.release();
        }
        return bytes.toByteArray();
    }

    Reply sentReply() throws IOException {
        return RespReader.read(new ByteArrayInputStream(sent()));
    }

    /** How many bytes are in buffers that nobody has released. */
    long leaked() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    static List<Bytes> words(String... words) {
        return java.util.stream.Stream.of(words)
                .map(word -> Bytes.wrap(word.getBytes(ISO_8859_1)))
                .toList();
    }

    static byte[] encode(List<Bytes> words) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.size() + "\r\n").getBytes(ISO_8859_1));
        for (var word : words) {
            out.writeBytes(("$" + word.length() + "\r\n").getBytes(ISO_8859_1));
            out.writeBytes(word.toArray());
            out.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
