package io.coppice.examples.incidents.log.kit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the parts of a frame. What is claimed is held against a limit before it is believed. */
final class Scan {

    private final ByteBuffer bytes;

    Scan(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int octet() throws Malformed {
        need(1);
        return Byte.toUnsignedInt(bytes.get());
    }

    long number(long least, String name) throws Malformed {
        need(Long.BYTES);
        long value = bytes.getLong();
        if (value < least) {
            throw new Malformed(Code.BAD_NUMBER, name + ": " + value);
        }
        return value;
    }

    int smallNumber(int least, int most, String name) throws Malformed {
        need(Integer.BYTES);
        int value = bytes.getInt();
        if (value < least) {
            throw new Malformed(Code.BAD_NUMBER, name + ": " + value);
        }
        if (value > most) {
            throw new Malformed(Code.TOO_LARGE, name + ": " + value);
        }
        return value;
    }

    String text(int longest, String name) throws Malformed {
        int length = smallNumber(0, longest, "length of " + name);
        need(length);
        var part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException notText) {
            throw new Malformed(Code.BAD_TEXT, name);
        }
    }

    Key key() throws Malformed {
        var peer = text(Codec.LONGEST_NAME, "peer");
        if (peer.isBlank()) {
            throw new Malformed(Code.BAD_TEXT, "peer is blank: \"" + peer + "\"");
        }
        return new Key(peer, number(1, "incarnation"));
    }

    List<Entry> entries() throws Malformed {
        int count = smallNumber(0, Codec.MOST_ENTRIES, "entries");
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < count; i++) {
            entries.add(
                    new Entry(
                            number(1, "index"),
                            text(Codec.LONGEST_BODY, "body"),
                            number(Long.MIN_VALUE, "stored"),
                            number(Long.MIN_VALUE, "expires")));
        }
        return entries;
    }

    Code code() throws Malformed {
        int ordinal = smallNumber(0, Code.values().length - 1, "code");
        return Code.values()[ordinal];
    }

    void end() throws Malformed {
        if (bytes.hasRemaining()) {
            throw new Malformed(Code.TRAILING, "bytes left: " + bytes.remaining());
        }
    }

    private void need(int length) throws Malformed {
        if (bytes.remaining() < length) {
            throw new Malformed(Code.TOO_SHORT, "bytes missing: " + (length - bytes.remaining()));
        }
    }
}
