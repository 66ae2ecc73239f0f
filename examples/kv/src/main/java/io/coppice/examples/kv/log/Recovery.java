package io.coppice.examples.kv.log;

import java.util.List;
import java.util.Optional;

/**
 * What opening a log has found.
 *
 * @param files that were replayed, in order
 * @param frames how many units of effects were replayed
 * @param bytes how long the files are, as far as they were replayed
 * @param tornTail what was cut off, if anything was
 */
public record Recovery(List<String> files, long frames, long bytes, Optional<TornTail> tornTail) {

    /**
     * The end of a segment that had not been made durable, and is incomplete or damaged.
     *
     * @param file whose end it is
     * @param offset where it begins, in bytes
     * @param bytes how long it is
     */
    public record TornTail(String file, long offset, long bytes) {}
}
