package io.coppice.examples.kv;

import io.coppice.examples.kv.driver.World;

import java.io.IOException;
import java.nio.file.Path;

/** Starts the server. */
@FunctionalInterface
public interface ServerFactory {

    /**
     * Returns when clients can connect.
     *
     * @param options what was asked for
     * @param data where the logs are; the directory exists
     * @throws IOException if the port is taken or the data cannot be read
     */
    World start(Options options, Path data) throws IOException;
}
