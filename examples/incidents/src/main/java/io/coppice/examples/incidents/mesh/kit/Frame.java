package io.coppice.examples.incidents.mesh.kit;

import java.util.HexFormat;

/**
 * What goes over the wire.
 *
 * @param hex the bytes, in hexadecimal digits
 */
public record Frame(String hex) {

    /** {@code packet}, as bytes. */
    public static Frame of(Packet packet) {
        return new Frame(HexFormat.of().formatHex(Codec.encode(packet)));
    }

    /** What is in it. */
    Peer.Message open() {
        try {
            return new Peer.Message.Arrived(Codec.decode(bytes()));
        } catch (Codec.Malformed unread) {
            return new Peer.Message.Unreadable(String.valueOf(unread.getMessage()));
        }
    }

    /** The bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex.length() / 2 + " bytes";
    }
}
