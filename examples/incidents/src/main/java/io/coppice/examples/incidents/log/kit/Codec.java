package io.coppice.examples.incidents.log.kit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Frames as bytes, in one version. There is one way to write each, and what cannot be read is told
 * as such: nothing is guessed, and nothing filled in.
 *
 * <p>What is said before the version is agreed upon looks the same in all of them. From version 2
 * on, all else carries a sum.
 *
 * @param version {@link #OLDEST} to {@link #NEWEST}
 */
public record Codec(int version) {

    /** The oldest version that there is. */
    public static final int OLDEST = 1;

    /** The newest. */
    public static final int NEWEST = 2;

    static final int LARGEST_FRAME = 65_536;
    static final int LONGEST_NAME = 64;
    static final int LONGEST_BODY = 4_096;
    static final int MOST_ENTRIES = 256;

    private static final int HELLO = 1;
    private static final int WELCOME = 2;
    private static final int FAILED = 3;
    private static final int DELIVER = 4;
    private static final int ACK = 5;
    private static final int NACK = 6;

    public Codec {
        if (version < OLDEST || version > NEWEST) {
            throw new IllegalArgumentException("version: " + version);
        }
    }

    /** What bytes turn out to be. */
    public sealed interface Read {

        /** A frame. */
        record Good(Frame frame) implements Read {}

        /**
         * None.
         *
         * @param code what the peer may know
         * @param detail what it may not
         */
        record Bad(Code code, String detail) implements Read {}
    }

    /** Reads a frame. Throws nothing, whatever the bytes are. */
    public Read read(byte[] bytes) {
        try {
            return new Read.Good(frame(bytes));
        } catch (Malformed malformed) {
            return new Read.Bad(malformed.code(), "" + malformed.getMessage());
        }
    }

    private Frame frame(byte[] bytes) throws Malformed {
        if (bytes.length > LARGEST_FRAME) {
            throw new Malformed(Code.TOO_LARGE, "frame: " + bytes.length);
        }
        if (bytes.length == 0) {
            throw new Malformed(Code.TOO_SHORT, "frame: 0");
        }
        var scan = new Scan(hasSum(bytes[0]) ? summed(bytes) : ByteBuffer.wrap(bytes));
        var frame = frame(scan.octet(), scan);
        scan.end();
        return frame;
    }

    private static Frame frame(int kind, Scan scan) throws Malformed {
        return switch (kind) {
            case HELLO -> hello(scan);
            case WELCOME -> new Frame.Welcome(scan.smallNumber(1, Integer.MAX_VALUE, "version"));
            case FAILED -> new Frame.Failed(scan.code(), scan.number(0, "reference"));
            case DELIVER ->
                    new Frame.Deliver(scan.key(), scan.number(0, "settled"), scan.entries());
            case ACK -> new Frame.Ack(scan.key(), scan.number(0, "upTo"));
            case NACK -> new Frame.Nack(scan.key(), scan.number(1, "from"));
            default -> throw new Malformed(Code.UNKNOWN_KIND, "kind: " + kind);
        };
    }

    private static Frame.Hello hello(Scan scan) throws Malformed {
        var key = scan.key();
        int lowest = scan.smallNumber(1, Integer.MAX_VALUE, "lowest");
        return new Frame.Hello(key, lowest, scan.smallNumber(lowest, Integer.MAX_VALUE, "highest"));
    }

    private boolean hasSum(int kind) {
        return version >= 2 && kind >= DELIVER;
    }

    private static ByteBuffer summed(byte[] bytes) throws Malformed {
        int length = bytes.length - Integer.BYTES;
        if (length < 1) {
            throw new Malformed(Code.TOO_SHORT, "frame: " + bytes.length);
        }
        var body = ByteBuffer.wrap(bytes, 0, length).slice();
        int sum = ByteBuffer.wrap(bytes).getInt(length);
        if (sum != sum(bytes, length)) {
            throw new Malformed(Code.BAD_SUM, "sum: " + sum);
        }
        return body;
    }

    private static int sum(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** The bytes of {@code frame}. */
    public byte[] write(Frame frame) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            write(frame, out);
            var body = bytes.toByteArray();
            if (hasSum(body[0])) {
                out.writeInt(sum(body, body.length));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(Frame frame, DataOutputStream out) throws IOException {
        switch (frame) {
            case Frame.Hello(var key, var lowest, var highest) -> {
                begin(HELLO, key, out);
                out.writeInt(lowest);
                out.writeInt(highest);
            }
            case Frame.Welcome(var version) -> {
                out.writeByte(WELCOME);
                out.writeInt(version);
            }
            case Frame.Failed(var code, var reference) -> {
                out.writeByte(FAILED);
                out.writeInt(code.ordinal());
                out.writeLong(reference);
            }
            case Frame.Deliver(var key, var settled, var entries) -> {
                begin(DELIVER, key, out);
                out.writeLong(settled);
                write(entries, out);
            }
            case Frame.Ack(var key, var upTo) -> {
                begin(ACK, key, out);
                out.writeLong(upTo);
            }
            case Frame.Nack(var key, var from) -> {
                begin(NACK, key, out);
                out.writeLong(from);
            }
        }
    }

    private static void begin(int kind, Key key, DataOutputStream out) throws IOException {
        out.writeByte(kind);
        text(key.peer(), out);
        out.writeLong(key.incarnation());
    }

    private static void write(List<Entry> entries, DataOutputStream out) throws IOException {
        out.writeInt(entries.size());
        for (var entry : entries) {
            out.writeLong(entry.index());
            text(entry.body(), out);
            out.writeLong(entry.storedNanos());
            out.writeLong(entry.expiresNanos());
        }
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
