package io.coppice.examples.kv.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes being put together, in an array that grows. For one thread. */
public final class ByteSink {

    private static final int SMALLEST = 256;

    /** An array longer than this is not kept for the next use. */
    private static final int LONGEST_KEPT = 1 << 20;

    private byte[] array = new byte[SMALLEST];
    private int size;

    public int size() {
        return size;
    }

    /** What has been put since the last {@link #clear}; valid until the next change. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(array, 0, size);
    }

    public void clear() {
        size = 0;
        if (array.length > LONGEST_KEPT) {
            array = new byte[SMALLEST];
        }
    }

    /** Leaves room for bytes to be set in the {@link #view}. */
    public void skip(int count) {
        reserve(count);
        size += count;
    }

    /** Takes back what was put beyond {@code newSize}. */
    public void truncate(int newSize) {
        size = Math.min(size, newSize);
    }

    ByteSink put(byte value) {
        reserve(1);
        array[size++] = value;
        return this;
    }

    ByteSink put(int value) {
        reserve(Integer.BYTES);
        ByteBuffer.wrap(array).putInt(size, value);
        size += Integer.BYTES;
        return this;
    }

    ByteSink put(long value) {
        reserve(Long.BYTES);
        ByteBuffer.wrap(array).putLong(size, value);
        size += Long.BYTES;
        return this;
    }

    /** Puts the length and the bytes. */
    ByteSink put(Bytes bytes) {
        put(bytes.length());
        reserve(bytes.length());
        bytes.copyTo(array, size);
        size += bytes.length();
        return this;
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > array.length) {
            array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8, needed * 2L));
        }
    }
}
