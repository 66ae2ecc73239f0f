package io.coppice.examples.kv.store;

import java.util.List;
import java.util.Optional;

/** A command on all keys of all shards. */
public sealed interface WholeCommand extends StoreCommand {

    @Override
    default List<Bytes> keys() {
        return List.of();
    }

    record Keys(Glob pattern) implements WholeCommand {}

    record Dbsize() implements WholeCommand {}

    record Flushall() implements WholeCommand, Write {}

    /**
     * {@code SCAN}.
     *
     * @param cursor as the call before answered it, or 0 to begin; see {@link ScanCursor}
     */
    record Scan(long cursor, Filter filter) implements WholeCommand {}

    /**
     * Which keys a scan answers.
     *
     * @param count how many keys to look at in one call, about; at least 1, and {@link
     *     Keys#MOST_SCANNED} is enough
     * @param type of the value, as {@code TYPE} says it
     */
    record Filter(Glob pattern, long count, Optional<String> type) {}
}
