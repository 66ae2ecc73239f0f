package io.coppice.examples.kv.log;

import io.coppice.examples.kv.log.FileHeader.Older;
import io.coppice.examples.kv.store.Effect;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.OptionalLong;

/**
 * The segment of one generation, being written, and the fence around it.
 *
 * <p>The fence stands on three facts. The newest segment is never deleted. Segments are deleted
 * oldest first. And whoever creates a file looks, before it writes into it, whether it is the
 * newest; if not, which happens to those who were stopped between looking for a number and using
 * it, the file stays empty.
 */
final class Segment implements Closeable {

    private final Disk disk;
    private final long number;
    private final FrameWriter writer;

    private Segment(Disk disk, long number, FrameWriter writer) {
        this.disk = disk;
        this.number = number;
        this.writer = writer;
    }

    /** The number of the newest generation, 0 before the first. */
    static long newest(Disk disk) throws IOException {
        return disk.list().stream()
                .flatMap(name -> FileName.of(name).stream())
                .mapToLong(FileName::number)
                .max()
                .orElse(0);
    }

    /**
     * Creates the file of a generation, after which no older one can {@link #check} any more.
     *
     * @throws LogSuperseded if there is a newer one, or another of this number
     */
    static Disk.Sink create(Disk disk, long number) throws IOException {
        String name = FileName.segment(number);
        Disk.Sink file;
        try {
            file = disk.create(name);
        } catch (FileAlreadyExistsException e) {
            throw new LogSuperseded(FileName.segment(number - 1), name);
        }
        try {
            long newest = newest(disk);
            if (newest != number) {
                throw new LogSuperseded(name, FileName.segment(newest));
            }
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Writes the header that makes the segment the one that decides what counts.
     *
     * @param file as just created, to be closed with the segment
     * @param base the snapshot to begin with
     * @param older the segments to replay before this one
     * @throws LogSuperseded if there is a newer one, which may have looked for the header too early
     */
    static Segment begin(
            Disk disk, long number, Disk.Sink file, long salt, long base, List<Older> older)
            throws IOException {
        try {
            var header = new FileHeader(FileName.Kind.SEGMENT, number, salt, base, older);
            var segment = new Segment(disk, number, FrameWriter.begin(file, header));
            segment.force();
            disk.forceDirectory();
            segment.check();
            return segment;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    long number() {
        return number;
    }

    /** How long it is or will be, with what has not been flushed, in bytes. */
    long length() {
        return writer.length();
    }

    void add(List<Effect> effects) throws IOException {
        writer.add(effects);
    }

    void flush() throws IOException {
        writer.flush();
    }

    void force() throws IOException {
        writer.force();
    }

    /**
     * Makes sure that what was flushed has been, or will be, read by every newer generation.
     *
     * <p>The next segment is looked for first: if it is not there because it has been deleted, this
     * one has been deleted before it. A file of its name may be there again, but an empty one.
     *
     * @throws LogSuperseded if there is a newer one
     */
    void check() throws IOException {
        String mine = FileName.segment(number);
        String next = FileName.segment(number + 1);
        if (disk.size(next).isPresent()
                || !disk.size(mine).equals(OptionalLong.of(writer.written()))) {
            throw new LogSuperseded(mine, next);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
