package io.coppice.examples.kv.log;

import io.coppice.examples.kv.log.FileHeader.Older;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The files of a log that count, opened all of them before the first is replayed, so that none can
 * be deleted in between: whoever was killed while compacting may only now delete what it has made
 * superfluous.
 *
 * @param base the snapshot to begin with, if there is any
 * @param older the segments after it, in order, but for the newest
 * @param newest the segment whose header decided all this, if there is any
 */
record Chain(Optional<FileScan> base, List<Piece> older, Optional<FileScan> newest)
        implements Closeable {

    /** A segment and how much of it counts. */
    record Piece(FileScan scan, long length) {}

    /**
     * How often files may come and go while they are being opened: the directory is not listed and
     * read at one moment.
     */
    private static final int ATTEMPTS = 10;

    /**
     * Opens what counts among the files older than a generation.
     *
     * @throws CorruptLog if something is missing
     */
    static Chain open(Disk disk, long before) throws IOException {
        for (int attempt = 1; ; attempt++) {
            var opened = new ArrayList<FileScan>();
            try {
                return new Opening(disk, filesBefore(disk, before), opened).chain();
            } catch (NoSuchFileException | CorruptLog e) {
                closeAll(opened);
                if (attempt == ATTEMPTS) {
                    throw e instanceof NoSuchFileException missing
                            ? new CorruptLog(String.valueOf(missing.getFile()), 0, "missing")
                            : e;
                }
            } catch (IOException e) {
                closeAll(opened);
                throw e;
            }
        }
    }

    private static List<FileName> filesBefore(Disk disk, long before) throws IOException {
        return disk.list().stream()
                .flatMap(name -> FileName.of(name).stream())
                .filter(file -> file.number() < before)
                .sorted(Comparator.comparingLong(FileName::number).reversed())
                .toList();
    }

    private static void closeAll(List<FileScan> scans) throws IOException {
        for (var scan : scans) {
            scan.close();
        }
    }

    @Override
    public void close() throws IOException {
        if (base.isPresent()) {
            base.get().close();
        }
        for (var piece : older) {
            piece.scan().close();
        }
        if (newest.isPresent()) {
            newest.get().close();
        }
    }

    /**
     * @param files newest first
     * @param opened all that has been opened, to be closed if it was in vain
     */
    private record Opening(Disk disk, List<FileName> files, List<FileScan> opened) {

        Chain chain() throws IOException {
            Optional<FileScan> newest = newest();
            if (newest.isEmpty()) {
                return new Chain(Optional.empty(), List.of(), newest);
            }
            FileHeader header = newest.get().header().orElseThrow();
            long base = newestSnapshot(header);
            var older = new ArrayList<Piece>();
            for (var segment : header.older()) {
                if (segment.number() >= base) {
                    older.add(new Piece(segment(segment), segment.length()));
                }
            }
            return new Chain(
                    base == FileHeader.NO_BASE ? Optional.empty() : Optional.of(snapshot(base)),
                    older,
                    newest);
        }

        /** The newest segment with a header; nothing was acknowledged in one without. */
        private Optional<FileScan> newest() throws IOException {
            for (var file : files) {
                if (file.kind() == FileName.Kind.SEGMENT) {
                    FileScan scan = open(file);
                    if (scan.header().isPresent()) {
                        return Optional.of(scan);
                    }
                    if (scan.mayHoldFrames()) {
                        throw new CorruptLog(file.toString(), 0, "damaged header");
                    }
                }
            }
            return Optional.empty();
        }

        /** Any snapshot of the beginning of a segment that counts will do. */
        private long newestSnapshot(FileHeader header) throws NoSuchFileException {
            long newest =
                    files.stream()
                            .filter(file -> file.kind() == FileName.Kind.SNAPSHOT)
                            .mapToLong(FileName::number)
                            .filter(number -> counts(header, number))
                            .findFirst()
                            .orElse(FileHeader.NO_BASE);
            if (newest < header.base()) {
                // It may have got its name after the directory was listed.
                throw new NoSuchFileException(FileName.snapshot(header.base()));
            }
            return newest;
        }

        private static boolean counts(FileHeader header, long number) {
            return number == header.number()
                    || header.older().stream().anyMatch(older -> older.number() == number);
        }

        private FileScan segment(Older segment) throws IOException {
            var file = new FileName(segment.number(), FileName.Kind.SEGMENT);
            return withHeader(file);
        }

        private FileScan snapshot(long number) throws IOException {
            return withHeader(new FileName(number, FileName.Kind.SNAPSHOT));
        }

        private FileScan withHeader(FileName file) throws IOException {
            FileScan scan = open(file);
            if (scan.header().isEmpty()) {
                throw new CorruptLog(file.toString(), 0, "damaged header");
            }
            return scan;
        }

        private FileScan open(FileName file) throws IOException {
            FileScan scan = FileScan.open(disk, file);
            opened.add(scan);
            return scan;
        }
    }
}
