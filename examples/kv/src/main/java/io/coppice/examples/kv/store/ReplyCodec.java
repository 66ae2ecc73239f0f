package io.coppice.examples.kv.store;

import java.nio.ByteBuffer;

/** The bytes of a {@link Reply} in a log; the tags are a file format, as those of effects are. */
final class ReplyCodec {

    private static final byte SIMPLE = 1;
    private static final byte ERROR = 2;
    private static final byte NUMBER = 3;
    private static final byte BULK = 4;
    private static final byte NIL = 5;
    private static final byte NIL_ARRAY = 6;
    private static final byte ARRAY = 7;

    private ReplyCodec() {}

    static void write(Reply reply, ByteSink sink) {
        switch (reply) {
            case Reply.Simple(var text) -> sink.put(SIMPLE).put(Bytes.of(text));
            case Reply.Error(var text) -> sink.put(ERROR).put(Bytes.of(text));
            case Reply.Number(var value) -> sink.put(NUMBER).put(value);
            case Reply.Bulk(var value) -> sink.put(BULK).put(value);
            case Reply.Nil() -> sink.put(NIL);
            case Reply.NilArray() -> sink.put(NIL_ARRAY);
            case Reply.Array(var elements) -> {
                sink.put(ARRAY).put(elements.size());
                elements.forEach(element -> write(element, sink));
            }
        }
    }

    /**
     * @throws IllegalArgumentException if the bytes are no reply
     */
    static Reply read(ByteBuffer in) {
        byte tag = in.get();
        return switch (tag) {
            case SIMPLE -> new Reply.Simple(EffectCodec.string(in).text());
            case ERROR -> new Reply.Error(EffectCodec.string(in).text());
            case NUMBER -> Reply.of(in.getLong());
            case BULK -> new Reply.Bulk(EffectCodec.string(in));
            case NIL -> Reply.NIL;
            case NIL_ARRAY -> Reply.NIL_ARRAY;
            case ARRAY -> new Reply.Array(EffectCodec.list(in, () -> read(in)));
            default -> throw new IllegalArgumentException("reply with unknown tag " + tag);
        };
    }
}
