package io.coppice.examples.kv.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The bytes of {@link Effect}s in a log. A tag tells the kind; strings and lists are preceded by
 * their length, numbers are big-endian.
 *
 * <p>The tags are a file format: none may ever change its meaning.
 */
public final class EffectCodec {

    private static final byte PUT = 1;
    private static final byte APPEND = 2;
    private static final byte DELETE = 3;
    private static final byte EXPIRE_AT = 4;
    private static final byte PUSH_LEFT = 5;
    private static final byte PUSH_RIGHT = 6;
    private static final byte POP_LEFT = 7;
    private static final byte POP_RIGHT = 8;
    private static final byte PUT_FIELDS = 9;
    private static final byte REMOVE_FIELDS = 10;
    private static final byte ADD_MEMBERS = 11;
    private static final byte REMOVE_MEMBERS = 12;
    private static final byte CLEAR = 13;
    private static final byte RECEIPT = 14;

    private EffectCodec() {}

    public static void write(Effect effect, ByteSink sink) {
        switch (effect) {
            case Effect.Put(var key, var value, var expiresAt) ->
                    sink.put(PUT).put(key).put(value).put(expiresAt);
            case Effect.Append(var key, var suffix) -> sink.put(APPEND).put(key).put(suffix);
            case Effect.Delete(var key) -> sink.put(DELETE).put(key);
            case Effect.ExpireAt(var key, var at) -> sink.put(EXPIRE_AT).put(key).put(at);
            case Effect.Push(var key, var end, var values) ->
                    strings(sink.put(end == Effect.End.LEFT ? PUSH_LEFT : PUSH_RIGHT), key, values);
            case Effect.Pop(var key, var end, var count) ->
                    sink.put(end == Effect.End.LEFT ? POP_LEFT : POP_RIGHT).put(key).put(count);
            case Effect.PutFields(var key, var fields) -> {
                sink.put(PUT_FIELDS).put(key).put(fields.size());
                fields.forEach(field -> sink.put(field.name()).put(field.value()));
            }
            case Effect.RemoveFields(var key, var names) ->
                    strings(sink.put(REMOVE_FIELDS), key, names);
            case Effect.AddMembers(var key, var members) ->
                    strings(sink.put(ADD_MEMBERS), key, members);
            case Effect.RemoveMembers(var key, var members) ->
                    strings(sink.put(REMOVE_MEMBERS), key, members);
            case Effect.Clear() -> sink.put(CLEAR);
            case Effect.Receipt(var client, var request, var part, var reply) ->
                    ReplyCodec.write(reply, sink.put(RECEIPT).put(client).put(request).put(part));
        }
    }

    private static void strings(ByteSink sink, Bytes key, List<Bytes> strings) {
        sink.put(key).put(strings.size());
        strings.forEach(sink::put);
    }

    /**
     * Reads all effects that were written into these bytes, in order.
     *
     * @throws IllegalArgumentException if the bytes are no such effects
     */
    public static void read(ByteBuffer bytes, Consumer<? super Effect> consumer) {
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            try {
                consumer.accept(read(bytes));
            } catch (BufferUnderflowException e) {
                throw new IllegalArgumentException("effect cut short, at byte " + start, e);
            }
        }
    }

    private static Effect read(ByteBuffer in) {
        byte tag = in.get();
        return switch (tag) {
            case PUT -> new Effect.Put(string(in), string(in), in.getLong());
            case APPEND -> new Effect.Append(string(in), string(in));
            case DELETE -> new Effect.Delete(string(in));
            case EXPIRE_AT -> new Effect.ExpireAt(string(in), in.getLong());
            case PUSH_LEFT -> new Effect.Push(string(in), Effect.End.LEFT, strings(in));
            case PUSH_RIGHT -> new Effect.Push(string(in), Effect.End.RIGHT, strings(in));
            case POP_LEFT -> new Effect.Pop(string(in), Effect.End.LEFT, in.getInt());
            case POP_RIGHT -> new Effect.Pop(string(in), Effect.End.RIGHT, in.getInt());
            case PUT_FIELDS ->
                    new Effect.PutFields(
                            string(in), list(in, () -> new Effect.Field(string(in), string(in))));
            case REMOVE_FIELDS -> new Effect.RemoveFields(string(in), strings(in));
            case ADD_MEMBERS -> new Effect.AddMembers(string(in), strings(in));
            case REMOVE_MEMBERS -> new Effect.RemoveMembers(string(in), strings(in));
            case CLEAR -> new Effect.Clear();
            case RECEIPT ->
                    new Effect.Receipt(
                            in.getLong(), in.getLong(), in.getInt(), ReplyCodec.read(in));
            default -> throw new IllegalArgumentException("effect with unknown tag " + tag);
        };
    }

    static Bytes string(ByteBuffer in) {
        var bytes = new byte[length(in)];
        in.get(bytes);
        return Bytes.wrap(bytes);
    }

    private static List<Bytes> strings(ByteBuffer in) {
        return list(in, () -> string(in));
    }

    static <T> List<T> list(ByteBuffer in, Supplier<T> element) {
        int size = length(in);
        var list = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            list.add(element.get());
        }
        return list;
    }

    /** A length; as each thing counted takes a byte at least, it is no more than what is left. */
    private static int length(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("effect with length " + length);
        }
        return length;
    }
}
