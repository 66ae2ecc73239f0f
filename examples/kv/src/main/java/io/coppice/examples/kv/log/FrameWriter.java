package io.coppice.examples.kv.log;

import io.coppice.examples.kv.store.ByteSink;
import io.coppice.examples.kv.store.Effect;
import io.coppice.examples.kv.store.EffectCodec;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A file being written frame by frame. For one thread; of no use after an exception. */
final class FrameWriter implements Closeable {

    /** Frames are gathered up to about this many bytes before they are written. */
    private static final int ENOUGH_TO_WRITE = 1 << 20;

    private final Disk.Sink sink;
    private final long salt;
    private final ByteSink gathered = new ByteSink();
    private long written;
    private long durable;

    private FrameWriter(Disk.Sink sink, long salt) {
        this.sink = sink;
        this.salt = salt;
    }

    /** Writes the header into a new file. */
    static FrameWriter begin(Disk.Sink sink, FileHeader header) throws IOException {
        var writer = new FrameWriter(sink, header.salt());
        sink.write(header.encode());
        writer.written = header.length();
        return writer;
    }

    /** How long the file is or will be, with what is gathered, in bytes. */
    long length() {
        return written + gathered.size();
    }

    /** How long the file is, without what is gathered, in bytes. */
    long written() {
        return written;
    }

    /**
     * Adds one unit, of which all or nothing will be read.
     *
     * @throws IllegalArgumentException if it is longer than {@link Frame#LONGEST}; nothing is added
     */
    void add(List<Effect> effects) throws IOException {
        int start = gathered.size();
        gathered.skip(Frame.HEADER_LENGTH);
        try {
            effects.forEach(effect -> EffectCodec.write(effect, gathered));
            complete(start);
        } catch (ArithmeticException | IllegalArgumentException tooLong) {
            gathered.truncate(start);
            throw new IllegalArgumentException(
                    effects.size() + " effects are longer than " + Frame.LONGEST, tooLong);
        }
        if (gathered.size() >= ENOUGH_TO_WRITE) {
            flush();
        }
    }

    /** Adds the frame that a complete snapshot ends with. */
    void end() {
        int start = gathered.size();
        gathered.skip(Frame.HEADER_LENGTH);
        complete(start);
    }

    private void complete(int start) {
        ByteBuffer frame = gathered.view().position(start);
        if (frame.remaining() - Frame.HEADER_LENGTH > Frame.LONGEST) {
            throw new IllegalArgumentException("bytes: " + frame.remaining());
        }
        Frame.complete(frame.slice(), salt, written + start, durable);
    }

    /** Gives all that was added to the operating system. */
    void flush() throws IOException {
        if (gathered.size() > 0) {
            sink.write(gathered.view());
            written += gathered.size();
            gathered.clear();
        }
    }

    /** Gives all that was added to the disk. */
    void force() throws IOException {
        flush();
        if (durable < written) {
            sink.force();
            durable = written;
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
