package io.coppice.examples.kv.log;

import io.coppice.examples.kv.store.Effect;
import io.coppice.examples.kv.store.EffectCodec;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file being read: what it held when it was opened, though its writer may not have noticed yet
 * that it is dead.
 */
final class FileScan implements Closeable {

    private final FileName file;
    private final Window window;
    private final Optional<FileHeader> header;
    private long frames;

    private FileScan(FileName file, Window window) throws IOException {
        this.file = file;
        this.window = window;
        this.header = readHeader();
    }

    static FileScan open(Disk disk, FileName file) throws IOException {
        Disk.Source source = disk.open(file.toString());
        try {
            return new FileScan(file, new Window(source));
        } catch (IOException e) {
            source.close();
            throw e;
        }
    }

    FileName file() {
        return file;
    }

    /** Empty if it is incomplete or damaged. */
    Optional<FileHeader> header() {
        return header;
    }

    /** How many units have been replayed. */
    long frames() {
        return frames;
    }

    private Optional<FileHeader> readHeader() throws IOException {
        var length = FileHeader.lengthOf(window.at(0, FileHeader.SHORTEST));
        if (length.isEmpty() || length.get() > window.size()) {
            return Optional.empty();
        }
        return FileHeader.decode(window.at(0, length.get()), file);
    }

    /** Whether there is something like a frame, which there never is before the header is there. */
    boolean mayHoldFrames() throws IOException {
        return window.find(Frame.MAGIC, FileHeader.SHORTEST) >= 0;
    }

    /**
     * Replays an older segment up to where it was cut off.
     *
     * @throws CorruptLog if not all of that is there, for all of it was durable
     */
    void replay(long length, Consumer<? super Effect> consumer) throws IOException {
        long end = replayFrames(length, consumer);
        if (end != length) {
            throw new CorruptLog(
                    file.toString(), end, "damaged before its length, which is " + length);
        }
    }

    /**
     * Replays the newest segment as far as it goes.
     *
     * @return how far that is, in bytes; behind it is nothing, or a tail that was not yet durable
     * @throws CorruptLog if something durable is damaged
     */
    long replayAll(Consumer<? super Effect> consumer) throws IOException {
        long end = replayFrames(window.size(), consumer);
        refuseIfDurable(end);
        return end;
    }

    long size() {
        return window.size();
    }

    /**
     * Replays a snapshot.
     *
     * @throws CorruptLog if it is not complete
     */
    void replaySnapshot(Consumer<? super Effect> consumer) throws IOException {
        long end = replayFrames(window.size(), consumer);
        boolean complete = unitAt(end).map(Unit::isEnd).orElse(false);
        if (!complete || end != window.size() - Frame.HEADER_LENGTH) {
            throw new CorruptLog(file.toString(), end, "damaged snapshot");
        }
    }

    /** Replays frames until there is none, or the end of a snapshot, or the limit. */
    private long replayFrames(long limit, Consumer<? super Effect> consumer) throws IOException {
        long offset = header.orElseThrow().length();
        while (offset < limit) {
            Optional<Unit> unit = unitAt(offset);
            if (unit.isEmpty() || unit.get().isEnd()) {
                return offset;
            }
            replayUnit(offset, unit.get(), consumer);
            offset += unit.get().lengthWithFrame();
        }
        return offset;
    }

    private void replayUnit(long offset, Unit unit, Consumer<? super Effect> consumer)
            throws IOException {
        try {
            EffectCodec.read(unit.bytes(), consumer);
            frames++;
        } catch (IllegalArgumentException e) {
            throw new CorruptLog(file.toString(), offset, e);
        }
    }

    /** The unit whose frame is at this place, if both are undamaged. */
    private Optional<Unit> unitAt(long offset) throws IOException {
        ByteBuffer head = window.at(offset, Frame.HEADER_LENGTH);
        Optional<Frame> frame = Frame.decode(head, header.orElseThrow().salt(), offset);
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        var unit = window.at(offset + Frame.HEADER_LENGTH, frame.get().length());
        return frame.filter(it -> it.fits(unit)).map(it -> new Unit(it, unit));
    }

    private record Unit(Frame frame, ByteBuffer bytes) {

        boolean isEnd() {
            return frame.length() == 0;
        }

        long lengthWithFrame() {
            return (long) Frame.HEADER_LENGTH + frame.length();
        }
    }

    /**
     * A crash of the machine may have kept later frames and lost earlier ones, as long as neither
     * had been forced. A frame written after this place was durable tells that it was not that.
     */
    private void refuseIfDurable(long damaged) throws IOException {
        long at = window.find(Frame.MAGIC, damaged + 1);
        while (at >= 0) {
            Optional<Unit> unit = unitAt(at);
            if (unit.isPresent() && unit.get().frame().durable() > damaged) {
                throw new CorruptLog(
                        file.toString(),
                        damaged,
                        "damaged, and whole again at byte %d, which was written later"
                                .formatted(at));
            }
            at = window.find(Frame.MAGIC, at + unit.map(Unit::lengthWithFrame).orElse(1L));
        }
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
