package io.coppice.examples.kv.log;

import io.coppice.examples.kv.log.FileHeader.Older;
import io.coppice.examples.kv.store.Effect;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The effects on the data of one shard, in files of one directory. For one thread.
 *
 * <p>An effect that was {@linkplain #append appended} may be acknowledged to a client once {@link
 * #commit} has returned. What survives then:
 *
 * <ul>
 *   <li><b>The crash of the process, a kill included:</b> everything acknowledged, under every
 *       {@link FsyncPolicy}. What was appended and not acknowledged may or may not be there, in
 *       whole units and without gaps.
 *   <li><b>The crash of the JVM:</b> the same; an incomplete unit at the end is cut off.
 *   <li><b>The crash of the machine:</b> everything acknowledged under {@link FsyncPolicy#ALWAYS};
 *       under the others, all that was last {@linkplain #force forced}.
 * </ul>
 *
 * <p><b>Generations.</b> Each opening writes into a segment of its own, {@code 000007.log}, whose
 * creation takes the log over: from then on no {@link #commit} of an older one returns, for each
 * looks, after it has written, whether its file is still the newest. So when the new one then reads
 * the older segments, all that was ever acknowledged is in them. It writes down in its header how
 * far it has read, and nothing behind that will ever count: a killed process may still be inside a
 * write, or come to open the log long after its successor did, and can do no harm. (In the latter
 * case it is the successor whose next commit fails, with {@link LogSuperseded}; it loses nothing,
 * and opens the log again.)
 *
 * <p><b>Interrupts</b> close the segment: the log fails, and its process with it, and the next one
 * finds all that was acknowledged.
 *
 * <p><b>Damage</b> to what had been forced is an error that names the file and the offset, {@link
 * CorruptLog}, and so is a missing file. The one damage that cannot be told from a crash in the
 * middle of a write is that to the last unit of the last segment: it is cut off and reported in
 * {@link #recovery}. A disk that has failed to force may hold less than it lets be read: the log
 * then fails for good, but what the next one reads may not outlive a crash of the machine.
 *
 * <p><b>Growth</b> is bounded by {@linkplain #beginCompaction compaction}, see {@link
 * #needsCompaction}.
 */
public final class AppendLog implements Closeable {

    /** The most segments there may be before a compaction is due. */
    private static final int MOST_SEGMENTS = 64;

    private final Disk disk;
    private final LogOptions options;
    private final LongSupplier salts;
    private final Recovery recovery;
    private long base = FileHeader.NO_BASE;
    private long baseBytes;
    private List<Older> older = List.of();
    private Segment segment;
    private @Nullable Compaction compaction;
    private long noCompactionUpToBytes;
    private @Nullable IOException failure;

    /**
     * Takes the log over and replays it.
     *
     * @param disk the directory, of this log alone
     * @param salts numbers that nobody can guess
     * @param replay is given all effects there are, in order; it may throw an {@link
     *     IllegalArgumentException} if one does not fit
     * @throws CorruptLog if something durable is damaged or missing
     * @throws LogSuperseded if somebody else has opened the log meanwhile
     */
    public static AppendLog open(
            Disk disk, LogOptions options, LongSupplier salts, Consumer<? super Effect> replay)
            throws IOException {
        return new AppendLog(disk, options, salts, replay);
    }

    private AppendLog(
            Disk disk, LogOptions options, LongSupplier salts, Consumer<? super Effect> replay)
            throws IOException {
        this.disk = disk;
        this.options = options;
        this.salts = salts;
        long number = Segment.newest(disk) + 1;
        Disk.Sink file = Segment.create(disk, number);
        try (Chain chain = Chain.open(disk, number)) {
            this.recovery = replay(chain, replay);
        } catch (NoSuchFileException | CorruptLog e) {
            file.close();
            // Somebody newer may have deleted what was to be read.
            boolean newest = Segment.newest(disk) == number;
            throw newest ? e : new LogSuperseded(FileName.segment(number), "a later one");
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        this.segment = begin(file, number);
    }

    private Segment begin(Disk.Sink file, long number) throws IOException {
        return Segment.begin(disk, number, file, salts.getAsLong(), base, older);
    }

    /** What opening it has found. */
    public Recovery recovery() {
        return recovery;
    }

    private Recovery replay(Chain chain, Consumer<? super Effect> replay) throws IOException {
        var files = new ArrayList<String>();
        var segments = new ArrayList<Older>();
        long frames = 0;
        if (chain.base().isPresent()) {
            FileScan scan = chain.base().get();
            scan.replaySnapshot(replay);
            base = scan.file().number();
            baseBytes = scan.size();
            files.add(scan.file().toString());
            frames += scan.frames();
        }
        for (var piece : chain.older()) {
            piece.scan().replay(piece.length(), replay);
            segments.add(new Older(piece.scan().file().number(), piece.length()));
            files.add(piece.scan().file().toString());
            frames += piece.scan().frames();
        }
        Optional<Recovery.TornTail> torn = Optional.empty();
        if (chain.newest().isPresent()) {
            FileScan scan = chain.newest().get();
            long end = scan.replayAll(replay);
            segments.add(new Older(scan.file().number(), end));
            files.add(scan.file().toString());
            frames += scan.frames();
            torn = tornTail(scan, end);
            // What is read is as good as acknowledged, whether its writer came to force it or not.
            disk.force(scan.file().toString());
        }
        older = List.copyOf(segments);
        return new Recovery(files, frames, baseBytes + olderBytes(), torn);
    }

    private static Optional<Recovery.TornTail> tornTail(FileScan scan, long end) {
        return end == scan.size()
                ? Optional.empty()
                : Optional.of(
                        new Recovery.TornTail(scan.file().toString(), end, scan.size() - end));
    }

    private long olderBytes() {
        return older.stream().mapToLong(Older::length).sum();
    }

    /**
     * Adds effects, which are not to be acknowledged before the next {@link #commit}. They are one
     * unit: after a crash all of them are there, or none.
     *
     * @throws IllegalArgumentException if they take more than 1 GiB; nothing is added
     * @throws IOException if the disk fails; nothing can be added any more
     */
    public void append(List<Effect> effects) throws IOException {
        if (!effects.isEmpty()) {
            attempt(() -> segment.add(effects));
        }
    }

    /**
     * Makes what was appended safe to be acknowledged, as the {@link FsyncPolicy} says.
     *
     * @throws LogSuperseded if the log was opened by somebody else; nothing may be acknowledged
     * @throws IOException if the disk fails; likewise
     */
    public void commit() throws IOException {
        attempt(
                () -> {
                    if (options.fsync() == FsyncPolicy.ALWAYS) {
                        segment.force();
                    } else {
                        segment.flush();
                    }
                    segment.check();
                });
    }

    /**
     * Makes what was appended outlive a crash of the machine, whatever the policy. Under {@link
     * FsyncPolicy#EVERY_SECOND} the owner calls it once a second; it costs nothing if nothing was
     * appended.
     */
    public void force() throws IOException {
        attempt(() -> segment.force());
    }

    /** How long the files that count are, in bytes. */
    public long bytes() {
        return baseBytes + olderBytes() + segment.length();
    }

    /**
     * Whether the log has grown by more than {@link LogOptions} allow, or into too many segments,
     * and no compaction is under way. After one that was given up it has to grow again first, lest
     * a full disk be tried over and over.
     */
    public boolean needsCompaction() {
        return compaction == null
                && bytes() >= noCompactionUpToBytes
                && (options.isTooLong(bytes() - baseBytes, baseBytes)
                        || older.size() >= MOST_SEGMENTS);
    }

    /**
     * Begins to replace all files by a snapshot. The log can be appended to meanwhile: the snapshot
     * is to be of the state right now, with all that was appended before and nothing after.
     *
     * @throws IllegalStateException if a compaction is under way
     */
    public Compaction beginCompaction() throws IOException {
        if (compaction != null) {
            throw new IllegalStateException("a compaction is under way");
        }
        attempt(this::rotate);
        var begun = new Compaction(this, disk, segment.number(), salts.getAsLong());
        compaction = begun;
        return begun;
    }

    private void rotate() throws IOException {
        try (Segment finished = segment) {
            finished.force();
            long number = finished.number() + 1;
            Disk.Sink file = Segment.create(disk, number);
            var all = new ArrayList<>(older);
            all.add(new Older(finished.number(), finished.length()));
            older = List.copyOf(all);
            segment = begin(file, number);
        }
    }

    /** Takes note of a snapshot of the beginning of a segment, which is there for good. */
    void compacted(long newBase, long snapshotBytes) {
        base = newBase;
        baseBytes = snapshotBytes;
        older = older.stream().filter(segment -> segment.number() >= newBase).toList();
        compaction = null;
    }

    void compactionAbandoned() {
        compaction = null;
        noCompactionUpToBytes = bytes() + options.compactAfterBytes();
    }

    /** Closes the files; what was not committed may be lost. */
    @Override
    public void close() throws IOException {
        failure = new IOException("the log is closed");
        if (compaction != null) {
            compaction.close();
        }
        segment.close();
    }

    @Override
    public String toString() {
        return disk + ", " + FileName.segment(segment.number());
    }

    private interface Step {
        void run() throws IOException;
    }

    /** After a failure nobody knows what the file holds, so no other step is tried. */
    private void attempt(Step step) throws IOException {
        if (failure != null) {
            throw new IOException("the log has failed before", failure);
        }
        try {
            step.run();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
