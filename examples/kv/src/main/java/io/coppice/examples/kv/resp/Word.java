package io.coppice.examples.kv.resp;

import io.coppice.examples.kv.store.Bytes;
import io.netty.buffer.ByteBuf;

import java.util.Arrays;

/** A word being received, in an array that grows with what has come. */
final class Word {

    /** No more than this is taken on the word of a length alone. */
    private static final int FIRST_GUESS = 1 << 14;

    private final int length;
    private byte[] array;
    private int received;

    /**
     * @param length as announced
     */
    Word(int length) {
        this.length = length;
        this.array = new byte[Math.min(length, FIRST_GUESS)];
    }

    int capacity() {
        return array.length;
    }

    /** How much more memory these bytes would take. */
    int growthFor(int bytes) {
        int needed = received + bytes;
        return needed <= array.length ? 0 : capacityFor(needed) - array.length;
    }

    private int capacityFor(int needed) {
        return (int) Math.min(length, Math.max(needed, 2L * array.length));
    }

    /** Adds bytes, of which the decoder gives no more than were announced. */
    void add(ByteBuf bytes) {
        int count = bytes.readableBytes();
        if (received + count > array.length) {
            array = Arrays.copyOf(array, capacityFor(received + count));
        }
        bytes.readBytes(array, received, count);
        received += count;
    }

    /** The whole word; the array is handed over. */
    Bytes bytes() {
        return Bytes.wrap(array.length == received ? array : Arrays.copyOf(array, received));
    }
}
