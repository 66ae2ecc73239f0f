package io.coppice.examples.kv.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The directory of all shards, {@code data/shard-0} and so on, which belongs to one server at a
 * time. It is opened before the shards start and outlives them.
 */
public final class DataDirectory implements Closeable {

    private static final String LOCK = "lock";
    private static final String LAYOUT = "layout";
    private static final String LAYOUT_FORMAT = "coppice-kv 1%nshards %d%n";

    private final Path root;
    private final int shards;
    private final FileChannel lock;

    private DataDirectory(Path root, int shards, FileChannel lock) {
        this.root = root;
        this.shards = shards;
        this.lock = lock;
    }

    /**
     * Opens the directory, and creates it if it is not there.
     *
     * @param shards how many there are, which cannot be changed afterwards: it decides which keys
     *     live where
     * @throws IOException if another server has it open, or it was made for another number of
     *     shards
     */
    public static DataDirectory open(Path root, int shards) throws IOException {
        if (shards < 1) {
            throw new IllegalArgumentException("shards: " + shards);
        }
        Files.createDirectories(root);
        FileChannel lock = lock(root);
        try {
            checkLayout(root, shards);
            for (int shard = 0; shard < shards; shard++) {
                Files.createDirectories(shardPath(root, shard));
            }
            FileDisk.forceDirectory(root);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        return new DataDirectory(root, shards, lock);
    }

    /** The files of one shard's log. */
    public Disk shard(int shard) {
        if (shard < 0 || shard >= shards) {
            throw new IllegalArgumentException("shard: %d of %d".formatted(shard, shards));
        }
        return new FileDisk(shardPath(root, shard));
    }

    private static Path shardPath(Path root, int shard) {
        return root.resolve("shard-" + shard);
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(LOCK), CREATE, WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This very program has it open; the message is the same.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(root + " is in use by another server");
    }

    private static void checkLayout(Path root, int shards) throws IOException {
        Path layout = root.resolve(LAYOUT);
        String wanted = LAYOUT_FORMAT.formatted(shards);
        if (!Files.exists(layout)) {
            Path unfinished = root.resolve(LAYOUT + ".tmp");
            Files.writeString(unfinished, wanted);
            new FileDisk(root).force(unfinished.getFileName().toString());
            Files.move(unfinished, layout, StandardCopyOption.ATOMIC_MOVE);
        } else if (!Files.readString(layout).equals(wanted)) {
            throw new IOException(
                    "%s was made for another layout than \"%s\": \"%s\""
                            .formatted(root, oneLine(wanted), oneLine(Files.readString(layout))));
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\R", ", ");
    }

    /** Lets another server have it. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
