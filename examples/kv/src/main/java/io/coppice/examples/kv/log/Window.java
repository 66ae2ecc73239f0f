package io.coppice.examples.kv.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file as it was when opened, read through a buffer. For one thread. */
final class Window implements Closeable {

    private static final int CAPACITY = 1 << 16;

    private final Disk.Source source;
    private final long size;
    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY).limit(0);
    private long start; // of the buffer in the file

    Window(Disk.Source source) throws IOException {
        this.source = source;
        this.size = source.size();
    }

    /** How long the file was when opened, in bytes; what came later is not read. */
    long size() {
        return size;
    }

    /** The bytes from {@code position} on: {@code length} of them, or as many as there are. */
    ByteBuffer at(long position, int length) throws IOException {
        int available = (int) Math.max(0, Math.min(length, size - position));
        if (available == 0) {
            return ByteBuffer.allocate(0);
        }
        if (available > CAPACITY) {
            return fill(ByteBuffer.allocate(available), position);
        }
        if (position < start || position + available > start + buffer.limit()) {
            start = position;
            fill(buffer.clear().limit((int) Math.min(CAPACITY, size - position)), position);
        }
        return buffer.slice((int) (position - start), available);
    }

    /** Where these four bytes are next, from {@code position} on, or -1. */
    long find(int word, long position) throws IOException {
        for (long at = position; at <= size - Integer.BYTES; ) {
            ByteBuffer bytes = at(at, CAPACITY);
            for (int i = 0; i <= bytes.limit() - Integer.BYTES; i++) {
                if (bytes.getInt(i) == word) {
                    return at + i;
                }
            }
            at += Math.max(1, bytes.limit() - Integer.BYTES + 1);
        }
        return -1;
    }

    private ByteBuffer fill(ByteBuffer target, long position) throws IOException {
        source.read(target, position);
        return target.flip();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
