package io.coppice.examples.kv.log;

import io.coppice.examples.kv.store.Effect;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;

/**
 * A snapshot being written, to replace all older files of a log.
 *
 * <p>It counts from one moment on, when it gets its name; a crash before leaves a file that nobody
 * looks at, a crash after leaves older files that nobody needs. For the thread of the log.
 */
public final class Compaction implements Closeable {

    /** How much is written before it is forced, lest the last force take long, in bytes. */
    private static final long FORCED_EVERY = 8L << 20;

    private final AppendLog log;
    private final Disk disk;
    private final long number;
    private final FrameWriter snapshot;
    private long forced;
    private boolean finished;

    /** Of the state at the beginning of the segment of this number. */
    Compaction(AppendLog log, Disk disk, long number, long salt) throws IOException {
        this.log = log;
        this.disk = disk;
        this.number = number;
        var header =
                new FileHeader(FileName.Kind.SNAPSHOT, number, salt, FileHeader.NO_BASE, List.of());
        this.snapshot = FrameWriter.begin(disk.create(FileName.unfinished(number)), header);
    }

    /** Adds effects that, on an empty database, make a part of the state. */
    public void write(List<Effect> effects) throws IOException {
        if (effects.isEmpty()) {
            return;
        }
        snapshot.add(effects);
        if (snapshot.length() - forced > FORCED_EVERY) {
            snapshot.force();
            forced = snapshot.length();
        }
    }

    /**
     * Ends the snapshot, lets it count, and deletes what it replaces.
     *
     * @throws LogSuperseded if somebody else has opened and compacted the log meanwhile
     */
    public void finish() throws IOException {
        snapshot.end();
        snapshot.force();
        snapshot.close();
        try {
            disk.rename(FileName.unfinished(number), FileName.snapshot(number));
        } catch (NoSuchFileException e) {
            throw new LogSuperseded(FileName.unfinished(number), "a later snapshot");
        }
        disk.forceDirectory();
        finished = true;
        log.compacted(number, snapshot.length());
        deleteOlder();
    }

    /** Oldest first: see {@link AppendLog}'s look at whether it is the newest. */
    private void deleteOlder() throws IOException {
        List<FileName> superfluous =
                disk.list().stream()
                        .flatMap(name -> FileName.of(name).stream())
                        .filter(file -> file.number() < number)
                        .sorted(Comparator.comparingLong(FileName::number))
                        .toList();
        for (var file : superfluous) {
            disk.delete(file.toString());
        }
    }

    /** Gives up, unless it has finished. The log goes on as before. */
    @Override
    public void close() throws IOException {
        if (!finished) {
            finished = true;
            log.compactionAbandoned();
            snapshot.close();
            disk.delete(FileName.unfinished(number));
        }
    }
}
