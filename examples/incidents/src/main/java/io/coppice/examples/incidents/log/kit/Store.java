package io.coppice.examples.incidents.log.kit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands for a disk: what is in it survives the processes. A log is written by whoever has opened
 * it last; a killed writer whose code runs on can do nothing to it.
 */
public final class Store {

    private static final class Log {
        final TreeMap<Long, Entry> entries = new TreeMap<>();
        long issued;
        long settled;
        long writers;
    }

    private final Disk disk = new Disk();
    private final Map<Key, Log> logs = new HashMap<>();
    private final int capacity;
    private long epochs;
    private int largest;
    private int largestPage;

    /**
     * An empty store.
     *
     * @param capacity how many entries a log may hold; greater than zero
     */
    public Store(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity);
        }
        this.capacity = capacity;
    }

    /** A new, empty log whose last index was {@code issued}. */
    public synchronized void begin(Key key, long issued) {
        var log = log(key);
        log.issued = issued;
        log.settled = issued;
    }

    /** Opens the log {@code key}; who had opened it before is shut out. */
    public synchronized Writer open(Key key) {
        return new Writer(key, ++log(key).writers);
    }

    /** A number greater than all before. */
    public synchronized long nextEpoch() {
        return epochs = Math.addExact(epochs, 1);
    }

    /** What {@code key} holds at the moment. */
    public synchronized List<Entry> entries(Key key) {
        return List.copyOf(log(key).entries.values());
    }

    /** What it stands on. */
    public Disk disk() {
        return disk;
    }

    /** The most entries that a log has held at once. */
    public synchronized int largest() {
        return largest;
    }

    /** The most entries that were read at once. */
    public synchronized int largestPage() {
        return largestPage;
    }

    private Log log(Key key) {
        return logs.computeIfAbsent(key, any -> new Log());
    }

    /** One log, for one writer. */
    public final class Writer {

        private final Key key;
        private final long number;

        private Writer(Key key, long number) {
            this.key = key;
            this.number = number;
        }

        private Log log() {
            var log = Store.this.log(key);
            if (log.writers != number) {
                throw new IllegalStateException(key + ": shut out by a later writer");
            }
            return log;
        }

        long issued() {
            synchronized (Store.this) {
                return log().issued;
            }
        }

        long settled() {
            synchronized (Store.this) {
                return log().settled;
            }
        }

        boolean isFull() {
            synchronized (Store.this) {
                return log().entries.size() == capacity;
            }
        }

        /** Adds the next entry: from now on it survives. */
        void append(Entry entry) {
            synchronized (Store.this) {
                var log = log();
                if (entry.index() != Math.addExact(log.issued, 1)) {
                    throw new IllegalArgumentException("index: " + entry.index());
                }
                disk.write(
                        () -> {
                            log.entries.put(entry.index(), entry);
                            log.issued = entry.index();
                        });
                largest = Math.max(largest, log.entries.size());
            }
        }

        /** The first entries after {@code index}, at most {@code limit}. */
        List<Entry> page(long index, int limit) {
            synchronized (Store.this) {
                var page =
                        log().entries.tailMap(index, false).values().stream().limit(limit).toList();
                largestPage = Math.max(largestPage, page.size());
                return page;
            }
        }

        /** Removes all up to {@code index}. */
        void settle(long index) {
            synchronized (Store.this) {
                var log = log();
                disk.write(
                        () -> {
                            log.entries.headMap(index, true).clear();
                            log.settled = Math.max(log.settled, index);
                        });
            }
        }
    }
}
