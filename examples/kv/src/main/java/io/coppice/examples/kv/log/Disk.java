package io.coppice.examples.kv.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.OptionalLong;

/**
 * One directory and what the log does to the files in it: the one door to the disk, where tests
 * make it fail.
 *
 * <p>What one caller has written, any other reads at once. It outlives a crash of the machine when
 * its file was forced; a file is found again when the directory was forced.
 */
public interface Disk {

    /** The names of all files. */
    List<String> list() throws IOException;

    /** How long a file is by now, in bytes; empty if it is not there. */
    OptionalLong size(String name) throws IOException;

    /**
     * Creates a file that is not there.
     *
     * @throws FileAlreadyExistsException if it is there
     */
    Sink create(String name) throws IOException;

    /**
     * Opens a file to read, which goes on even if it is deleted meanwhile.
     *
     * @throws NoSuchFileException if it is not there
     */
    Source open(String name) throws IOException;

    /** Makes durable what anyone has written into a file. */
    void force(String name) throws IOException;

    /** Gives a file another name, at once, in place of any file of that name. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file if it is there. */
    void delete(String name) throws IOException;

    /** Makes durable which files there are. */
    void forceDirectory() throws IOException;

    /** A file being written. For one thread. */
    interface Sink extends Closeable {

        /** Writes all bytes at the end; if it fails, some of them may have been written. */
        void write(ByteBuffer bytes) throws IOException;

        void force() throws IOException;
    }

    /** A file being read. For one thread. */
    interface Source extends Closeable {

        long size() throws IOException;

        /** Fills the buffer from {@code position} on, as far as the file goes. */
        void read(ByteBuffer target, long position) throws IOException;
    }
}
