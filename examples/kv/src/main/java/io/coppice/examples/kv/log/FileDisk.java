package io.coppice.examples.kv.log;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A directory of the file system.
 *
 * <p>A thread that is interrupted within a file, as one is whose process was killed, finds the file
 * closed. No two callers share an open file, so nobody else notices.
 */
public final class FileDisk implements Disk {

    /** The JDK keeps a buffer outside the heap as long as the longest write of each thread. */
    private static final int LONGEST_WRITE = 1 << 18;

    private final Path directory;

    /**
     * @param directory which exists
     */
    public FileDisk(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) { // much cheaper than an exception, and asked at each commit
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Files.size(file));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public Sink create(String name) throws IOException {
        return new ChannelSink(FileChannel.open(directory.resolve(name), CREATE_NEW, WRITE));
    }

    @Override
    public Source open(String name) throws IOException {
        return new ChannelSource(FileChannel.open(directory.resolve(name), READ));
    }

    @Override
    public void force(String name) throws IOException {
        try (var channel = FileChannel.open(directory.resolve(name), WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void forceDirectory() throws IOException {
        forceDirectory(directory);
    }

    static void forceDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    private record ChannelSink(FileChannel channel) implements Sink {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            int end = bytes.limit();
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + LONGEST_WRITE));
                channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record ChannelSource(FileChannel channel) implements Source {

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            long at = position;
            while (target.hasRemaining()) {
                int end = target.limit();
                target.limit(Math.min(end, target.position() + LONGEST_WRITE));
                int count = channel.read(target, at);
                target.limit(end);
                if (count < 0) {
                    return;
                }
                at += count;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
