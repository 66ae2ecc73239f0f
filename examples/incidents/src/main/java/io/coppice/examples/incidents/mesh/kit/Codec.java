package io.coppice.examples.incidents.mesh.kit;

import static java.util.stream.Collectors.toMap;

import io.coppice.examples.incidents.mesh.kit.Entry.State;
import io.coppice.examples.incidents.mesh.kit.Packet.Ack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Packets as bytes. A worker is written as fields with names, so what is missing or unknown is
 * seen, and its entry kept as {@link State.Undecodable}: nothing is made up for it. There is no way
 * to write a {@link Registration}.
 */
public final class Codec {

    private static final int PACKETS = 1;
    private static final int WORKERS = 1;
    private static final Set<String> FIELDS = Set.of("url", "weight", "zone", "models", "status");

    private Codec() {}

    private interface Part {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    /** For bytes that are none of these. */
    public static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }

    private static byte[] bytes(Part part) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            part.write(out);
        } catch (IOException tooLong) {
            throw new IllegalArgumentException(tooLong);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reader<T> reader) throws Malformed {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            T value = reader.read(in);
            if (in.available() > 0) {
                throw new Malformed(in.available() + " bytes are left");
            }
            return value;
        } catch (IOException | IllegalArgumentException broken) {
            throw new Malformed(broken.toString());
        }
    }

    /** {@code packet} as bytes. */
    public static byte[] encode(Packet packet) {
        return bytes(
                out -> {
                    out.writeInt(PACKETS);
                    write(out, packet.from());
                    write(out, packet.to());
                    out.writeInt(packet.fences().size());
                    for (var fence : new TreeMap<>(packet.fences()).entrySet()) {
                        write(out, new Owner(fence.getKey(), fence.getValue()));
                    }
                    out.writeLong(packet.floor());
                    out.writeInt(packet.entries().size());
                    for (var entry : packet.entries()) write(out, entry);
                    out.writeInt(packet.acks().size());
                    for (var ack : packet.acks()) {
                        write(out, ack.slot());
                        write(out, ack.version());
                    }
                });
    }

    /**
     * The packet in {@code bytes}.
     *
     * @throws Malformed if it is none, or one of another version
     */
    public static Packet decode(byte[] bytes) throws Malformed {
        return read(bytes, Codec::packet);
    }

    private static Packet packet(DataInputStream in) throws IOException {
        int version = in.readInt();
        if (version != PACKETS) {
            throw new IOException("packets of version " + version);
        }
        return new Packet(
                owner(in),
                owner(in),
                list(in, Codec::owner).stream()
                        .collect(toMap(Owner::node, Owner::epoch, Math::max)),
                in.readLong(),
                list(in, Codec::entry),
                list(in, data -> new Ack(slot(data), version(data))));
    }

    private static <T> List<T> list(DataInputStream in, Reader<T> reader) throws IOException {
        int size = in.readInt();
        var list = new ArrayList<T>();
        for (int i = 0; i < size; i++) list.add(reader.read(in));
        return list;
    }

    private static void write(DataOutputStream out, Owner owner) throws IOException {
        out.writeUTF(owner.node());
        out.writeLong(owner.epoch());
    }

    private static Owner owner(DataInputStream in) throws IOException {
        return new Owner(in.readUTF(), in.readLong());
    }

    private static void write(DataOutputStream out, Slot slot) throws IOException {
        out.writeUTF(slot.key());
        out.writeUTF(slot.node());
    }

    private static Slot slot(DataInputStream in) throws IOException {
        return new Slot(in.readUTF(), in.readUTF());
    }

    private static void write(DataOutputStream out, Version version) throws IOException {
        out.writeLong(version.epoch());
        out.writeLong(version.time());
        out.writeUTF(version.replica());
    }

    private static Version version(DataInputStream in) throws IOException {
        return new Version(in.readLong(), in.readLong(), in.readUTF());
    }

    private static void write(DataOutputStream out, Entry entry) throws IOException {
        write(out, entry.slot());
        write(out, entry.version());
        out.writeLong(entry.claimed());
        byte[] state =
                switch (entry.state()) {
                    case State.Deleted() -> new byte[0];
                    case State.Present(var spec) -> encode(spec);
                    case State.Undecodable(var bytes, var why) -> HexFormat.of().parseHex(bytes);
                };
        out.writeInt(state.length);
        out.write(state);
    }

    private static Entry entry(DataInputStream in) throws IOException {
        return new Entry(slot(in), version(in), in.readLong(), state(in));
    }

    private static State state(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        return bytes.length == 0 && length == 0 ? new State.Deleted() : worker(bytes);
    }

    private static State worker(byte[] bytes) {
        try {
            return new State.Present(decodeSpec(bytes));
        } catch (Malformed unread) {
            return new State.Undecodable(
                    HexFormat.of().formatHex(bytes), String.valueOf(unread.getMessage()));
        }
    }

    /** A worker as bytes. */
    public static byte[] encode(Spec spec) {
        var fields = new TreeMap<String, List<String>>();
        fields.put("url", List.of(spec.url()));
        fields.put("weight", List.of(String.valueOf(spec.weight())));
        fields.put("zone", spec.zone().map(List::of).orElse(List.of()));
        fields.put("models", spec.models());
        fields.put("status", List.of(spec.status().name()));
        return encode(WORKERS, fields);
    }

    /** A worker of any version, with any fields. */
    public static byte[] encode(int version, Map<String, List<String>> fields) {
        return bytes(
                out -> {
                    out.writeInt(version);
                    out.writeInt(fields.size());
                    for (var field : fields.entrySet()) {
                        out.writeUTF(field.getKey());
                        out.writeInt(field.getValue().size());
                        for (var value : field.getValue()) out.writeUTF(value);
                    }
                });
    }

    /**
     * The worker in {@code bytes}.
     *
     * @throws Malformed if there is a field too few, too many or that makes no sense
     */
    public static Spec decodeSpec(byte[] bytes) throws Malformed {
        return read(bytes, Codec::spec);
    }

    private static Spec spec(DataInputStream in) throws IOException {
        int version = in.readInt();
        if (version != WORKERS) {
            throw new IOException("workers of version " + version);
        }
        var fields = new TreeMap<String, List<String>>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            fields.put(in.readUTF(), list(in, data -> data.readUTF()));
        }
        if (!fields.keySet().equals(FIELDS)) {
            throw new IOException("fields " + fields.keySet());
        }
        return new Spec(
                one(fields, "url"),
                Integer.parseInt(one(fields, "weight")),
                atMostOne(fields, "zone"),
                values(fields, "models"),
                Status.valueOf(one(fields, "status")));
    }

    private static List<String> values(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of());
    }

    private static Optional<String> atMostOne(Map<String, List<String>> fields, String name)
            throws IOException {
        var values = values(fields, name);
        if (values.size() > 1) {
            throw new IOException(name + ": " + values);
        }
        return values.stream().findFirst();
    }

    private static String one(Map<String, List<String>> fields, String name) throws IOException {
        return atMostOne(fields, name).orElseThrow(() -> new IOException("no " + name));
    }
}
