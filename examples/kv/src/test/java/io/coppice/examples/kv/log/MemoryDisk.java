package io.coppice.examples.kv.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/**
 * A directory that can be cut off from power: it knows what was forced and what was only written.
 *
 * <p>Before each operation it asks its {@link Hook}, which may fail it or do something else first.
 */
public final class MemoryDisk implements Disk {

    /** What happens before an operation, which is named. */
    @FunctionalInterface
    public interface Hook {
        void before(String operation) throws IOException;
    }

    private static final int SECTOR = 16;

    private static final class Inode {
        private byte[] content = {};
        private int durable; // bytes at the beginning that were forced
    }

    private sealed interface Change {
        record Bind(String name, Inode inode) implements Change {}

        record Unbind(String name) implements Change {}

        record Rename(String from, String to) implements Change {}
    }

    private final Map<String, Inode> names = new TreeMap<>();
    private final Map<String, Inode> durableNames = new LinkedHashMap<>();
    private final List<Change> unforcedChanges = new ArrayList<>();
    private Hook hook = operation -> {};
    private int writtenOnFailure = Integer.MAX_VALUE;

    public void hook(Hook newHook) {
        hook = newHook;
    }

    /** Where a write that the hook fails has nevertheless written so many bytes. */
    void writtenOnFailure(int bytes) {
        writtenOnFailure = bytes;
    }

    byte[] content(String name) {
        return inode(name).content.clone();
    }

    void content(String name, byte[] content) {
        inode(name).content = content.clone();
        inode(name).durable = content.length;
    }

    /** As it would be found by another program. */
    MemoryDisk copy() {
        var copy = new MemoryDisk();
        names.forEach((name, inode) -> copy.put(name, inode.content));
        return copy;
    }

    /**
     * As it would be found after a loss of power, which keeps what it likes of what it may lose.
     */
    MemoryDisk afterPowerLoss(Random random) {
        var survivors = new TreeMap<>(durableNames);
        unforcedChanges.stream()
                .filter(change -> random.nextBoolean())
                .forEach(change -> apply(change, survivors));
        var copy = new MemoryDisk();
        survivors.forEach((name, inode) -> copy.put(name, remains(inode, random)));
        return copy;
    }

    private static byte[] remains(Inode inode, Random random) {
        int length = inode.durable + random.nextInt(inode.content.length - inode.durable + 1);
        byte[] remains = Arrays.copyOf(inode.content, length);
        for (int at = inode.durable; at < length; at += SECTOR) {
            if (random.nextBoolean()) {
                Arrays.fill(remains, at, Math.min(length, at + SECTOR), (byte) 0);
            }
        }
        return remains;
    }

    private void put(String name, byte[] content) {
        var inode = new Inode();
        inode.content = content.clone();
        inode.durable = content.length;
        names.put(name, inode);
        durableNames.put(name, inode);
    }

    private Inode inode(String name) {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new IllegalArgumentException("no file " + name + " in " + names.keySet());
        }
        return inode;
    }

    private void change(Change change) {
        apply(change, names);
        unforcedChanges.add(change);
    }

    private static void apply(Change change, Map<String, Inode> names) {
        switch (change) {
            case Change.Bind(var name, var inode) -> names.put(name, inode);
            case Change.Unbind(var name) -> names.remove(name);
            case Change.Rename(var from, var to) -> {
                Inode inode = names.remove(from);
                if (inode != null) {
                    names.put(to, inode);
                }
            }
        }
    }

    @Override
    public List<String> list() throws IOException {
        hook.before("list");
        return List.copyOf(names.keySet());
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        hook.before("size " + name);
        Inode inode = names.get(name);
        return inode == null ? OptionalLong.empty() : OptionalLong.of(inode.content.length);
    }

    @Override
    public Sink create(String name) throws IOException {
        hook.before("create " + name);
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        var inode = new Inode();
        change(new Change.Bind(name, inode));
        return new MemorySink(name, inode);
    }

    @Override
    public Source open(String name) throws IOException {
        hook.before("open " + name);
        Inode inode = names.get(name);
        if (inode == null) {
            throw new NoSuchFileException(name);
        }
        return new MemorySource(name, inode);
    }

    @Override
    public void force(String name) throws IOException {
        hook.before("force " + name);
        Inode inode = names.get(name);
        if (inode == null) {
            throw new NoSuchFileException(name);
        }
        inode.durable = inode.content.length;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        hook.before("rename " + from);
        if (!names.containsKey(from)) {
            throw new NoSuchFileException(from);
        }
        change(new Change.Rename(from, to));
    }

    @Override
    public void delete(String name) throws IOException {
        hook.before("delete " + name);
        change(new Change.Unbind(name));
    }

    @Override
    public void forceDirectory() throws IOException {
        hook.before("force directory");
        durableNames.clear();
        durableNames.putAll(names);
        unforcedChanges.clear();
    }

    private final class MemorySink implements Sink {
        private final String name;
        private final Inode inode;

        MemorySink(String name, Inode inode) {
            this.name = name;
            this.inode = inode;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            try {
                hook.before("write " + name);
            } catch (IOException e) {
                append(bytes.limit(Math.min(bytes.limit(), bytes.position() + some())));
                throw e;
            }
            append(bytes);
        }

        private int some() {
            return writtenOnFailure == Integer.MAX_VALUE ? 0 : writtenOnFailure;
        }

        private void append(ByteBuffer bytes) {
            var all = new ByteArrayOutputStream();
            all.writeBytes(inode.content);
            var added = new byte[bytes.remaining()];
            bytes.get(added);
            all.writeBytes(added);
            inode.content = all.toByteArray();
        }

        @Override
        public void force() throws IOException {
            hook.before("force " + name);
            inode.durable = inode.content.length;
        }

        @Override
        public void close() {}
    }

    private final class MemorySource implements Source {
        private final String name;
        private final Inode inode;

        MemorySource(String name, Inode inode) {
            this.name = name;
            this.inode = inode;
        }

        @Override
        public long size() throws IOException {
            hook.before("size " + name);
            return inode.content.length;
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            hook.before("read " + name);
            int count = Math.min(target.remaining(), inode.content.length - (int) position);
            target.put(inode.content, (int) position, Math.max(0, count));
        }

        @Override
        public void close() {}
    }
}
