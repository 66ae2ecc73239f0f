package io.coppice.examples.kv.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The beginning of a segment or snapshot.
 *
 * <p>That of a segment says on what its effects build. It is written once, before anything in the
 * segment is acknowledged, and the newest complete one decides what there is: a file it does not
 * name, and what a file holds beyond the length it gives, does not count.
 *
 * @param kind of the file
 * @param number of the generation
 * @param salt which the checksums of the file's frames begin with; chosen by chance, so that no
 *     client can send a value that passes for a frame
 * @param base the snapshot without which the segments are worthless, or {@link #NO_BASE}
 * @param older the segments to replay before this one, in order
 */
record FileHeader(FileName.Kind kind, long number, long salt, long base, List<Older> older) {

    static final long NO_BASE = 0;

    /**
     * @param number of the segment's generation
     * @param length at which it was cut off when its successor took over, in bytes
     */
    record Older(long number, long length) {}

    private static final long SEGMENT_MAGIC = 0x434f_504b_564c_4731L; // COPKVLG1
    private static final long SNAPSHOT_MAGIC = 0x434f_504b_5653_4e31L; // COPKVSN1

    private static final int FIXED_LENGTH = 4 * Long.BYTES + Integer.BYTES;
    private static final int OLDER_LENGTH = 2 * Long.BYTES;
    private static final int CHECKSUM_LENGTH = Integer.BYTES;

    /** No header is shorter. */
    static final int SHORTEST = FIXED_LENGTH + CHECKSUM_LENGTH;

    /** Far more segments than there ever are, for each compaction leaves but one. */
    private static final int MOST_OLDER = 1 << 20;

    FileHeader {
        older = List.copyOf(older);
    }

    int length() {
        return SHORTEST + older.size() * OLDER_LENGTH;
    }

    ByteBuffer encode() {
        var bytes = ByteBuffer.allocate(length());
        bytes.putLong(kind == FileName.Kind.SEGMENT ? SEGMENT_MAGIC : SNAPSHOT_MAGIC);
        bytes.putLong(number).putLong(salt).putLong(base).putInt(older.size());
        older.forEach(entry -> bytes.putLong(entry.number()).putLong(entry.length()));
        bytes.putInt(checksum(bytes));
        return bytes.flip();
    }

    /** How long the header is that begins with these bytes, if it is one and undamaged. */
    static Optional<Integer> lengthOf(ByteBuffer beginning) {
        if (beginning.limit() < FIXED_LENGTH) {
            return Optional.empty();
        }
        int older = beginning.getInt(FIXED_LENGTH - Integer.BYTES);
        return older < 0 || older > MOST_OLDER
                ? Optional.empty()
                : Optional.of(SHORTEST + older * OLDER_LENGTH);
    }

    /** Empty if the bytes are no undamaged header of this file. */
    static Optional<FileHeader> decode(ByteBuffer bytes, FileName file) {
        long magic = bytes.getLong();
        var kind = file.kind() == FileName.Kind.SEGMENT ? SEGMENT_MAGIC : SNAPSHOT_MAGIC;
        long number = bytes.getLong();
        long salt = bytes.getLong();
        long base = bytes.getLong();
        int size = bytes.getInt();
        var older = new ArrayList<Older>(size);
        for (int i = 0; i < size; i++) {
            older.add(new Older(bytes.getLong(), bytes.getLong()));
        }
        int checksum = checksum(bytes);
        boolean sound = magic == kind && number == file.number() && checksum == bytes.getInt();
        return sound
                ? Optional.of(new FileHeader(file.kind(), number, salt, base, older))
                : Optional.empty();
    }

    /** Of all bytes before the buffer's position. */
    private static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.duplicate().flip());
        return (int) crc.getValue();
    }
}
