package io.coppice.examples.kv.log;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands before each unit of effects in a file: how long the unit is, and whether it is all
 * there.
 *
 * @param length of the unit, in bytes; 0 only at the end of a snapshot
 * @param durable how much of the file was known to be forced when this was written, in bytes; so
 *     much was there for good, whatever is found damaged in it
 * @param checksum of the unit
 */
record Frame(int length, long durable, int checksum) {

    /** How long the frame itself is, in bytes. */
    static final int HEADER_LENGTH = 3 * Integer.BYTES + Long.BYTES + Integer.BYTES;

    /** The longest unit, in bytes. */
    static final int LONGEST = 1 << 30;

    static final int MAGIC = 0xC0_66_1C_E5;

    private static final int CHECKED_LENGTH = HEADER_LENGTH - Integer.BYTES;

    /**
     * @param bytes with the frame's own place at their beginning, and the unit behind it
     * @param offset of the frame in the file
     */
    static void complete(ByteBuffer bytes, long salt, long offset, long durable) {
        int length = bytes.remaining() - HEADER_LENGTH;
        int start = bytes.position();
        bytes.putInt(start, MAGIC);
        bytes.putInt(start + 4, length);
        bytes.putLong(start + 8, durable);
        bytes.putInt(start + 16, checksum(bytes.slice(start + HEADER_LENGTH, length)));
        bytes.putInt(start + 20, seal(bytes.slice(start, CHECKED_LENGTH), salt, offset));
    }

    /**
     * Empty if the bytes are no undamaged frame at this place of this file.
     *
     * @param bytes of which the first {@link #HEADER_LENGTH} are looked at, if there are so many
     */
    static Optional<Frame> decode(ByteBuffer bytes, long salt, long offset) {
        int start = bytes.position();
        if (bytes.remaining() < HEADER_LENGTH || bytes.getInt(start) != MAGIC) {
            return Optional.empty();
        }
        int seal = seal(bytes.slice(start, CHECKED_LENGTH), salt, offset);
        int length = bytes.getInt(start + 4);
        if (seal != bytes.getInt(start + 20) || length < 0 || length > LONGEST) {
            return Optional.empty();
        }
        return Optional.of(new Frame(length, bytes.getLong(start + 8), bytes.getInt(start + 16)));
    }

    boolean fits(ByteBuffer unit) {
        return unit.remaining() == length && checksum(unit) == checksum;
    }

    private static int checksum(ByteBuffer unit) {
        var crc = new CRC32C();
        crc.update(unit.duplicate());
        return (int) crc.getValue();
    }

    /** Binds a frame to its place and file, where alone it is one. */
    private static int seal(ByteBuffer frame, long salt, long offset) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(salt).putLong(offset).flip());
        crc.update(frame);
        return (int) crc.getValue();
    }
}
