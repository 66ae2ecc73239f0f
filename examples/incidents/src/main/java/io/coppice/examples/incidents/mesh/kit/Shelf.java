package io.coppice.examples.incidents.mesh.kit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The workers of one node, as the rest of that node knows them: the truth, of which notifications
 * tell late, twice or never. With what must outlive a crash of its peer, the count of its lives and
 * its clock; in earnest all of this would be a file.
 */
public final class Shelf {

    private record Item(Registration registration, long revision) {}

    private final Map<String, Item> items = new TreeMap<>();
    private long revisions;
    private long epoch;
    private long clock;
    private long scans;
    private long reads;

    /** Puts a worker in, or changes it. */
    public synchronized void put(String key, Registration registration) {
        items.put(key, new Item(registration, ++revisions));
    }

    /** Takes a worker out. */
    public synchronized void remove(String key) {
        items.remove(key);
    }

    /** Takes a worker out, if it is still {@code registration}. */
    synchronized void remove(String key, Registration registration) {
        var item = items.get(key);
        if (item != null && item.registration().equals(registration)) {
            items.remove(key);
        }
    }

    /** The worker itself. */
    public synchronized Optional<Registration> read(String key) {
        reads++;
        return Optional.ofNullable(items.get(key)).map(Item::registration);
    }

    /** The keys, and which change of the shelf each comes from; no worker is looked at. */
    public synchronized Map<String, Long> scan() {
        scans++;
        var revisions = new TreeMap<String, Long>();
        items.forEach((key, item) -> revisions.put(key, item.revision()));
        return revisions;
    }

    synchronized long nextEpoch() {
        return ++epoch;
    }

    synchronized long clock() {
        return clock;
    }

    synchronized void remember(long clock) {
        this.clock = clock;
    }

    /** How often all keys were looked through. */
    public synchronized long scans() {
        return scans;
    }

    /** How many workers were read. */
    public synchronized long reads() {
        return reads;
    }
}
