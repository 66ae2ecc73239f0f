package io.coppice.examples.incidents.log.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands for what the receiver keeps durably: its effects, and how far it has got. Both are written
 * in one step, so that an entry whose effect is there is never taken for a new one.
 */
public final class Journal {

    private static final class Page {
        long done;
        long writers;
    }

    private final Disk disk = new Disk();
    private final Map<Key, Page> pages = new HashMap<>();
    private final List<String> effects = new ArrayList<>();

    /** Opens the part of {@code key}; who had opened it before is shut out. */
    public synchronized Writer open(Key key) {
        var page = pages.computeIfAbsent(key, any -> new Page());
        return new Writer(key, page, ++page.writers);
    }

    /** What it stands on. */
    public Disk disk() {
        return disk;
    }

    /** All effects, in their order. */
    public synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    /** The part of one log, for one writer. */
    public final class Writer {

        private final Key key;
        private final Page page;
        private final long number;

        private Writer(Key key, Page page, long number) {
            this.key = key;
            this.page = page;
            this.number = number;
        }

        long done() {
            synchronized (Journal.this) {
                return page.done;
            }
        }

        /** Writes the effect of {@code entry}, and that it is done. */
        void apply(Entry entry) {
            write(entry.index(), () -> effects.add(entry.body()));
        }

        /** Writes that all up to {@code index} is done, without an effect. */
        void skip(long index) {
            write(index, () -> {});
        }

        private void write(long index, Runnable effect) {
            synchronized (Journal.this) {
                if (page.writers != number) {
                    throw new IllegalStateException(key + ": shut out by a later writer");
                }
                if (index <= page.done) {
                    throw new IllegalArgumentException("done already: " + index);
                }
                disk.write(
                        () -> {
                            effect.run();
                            page.done = index;
                        });
            }
        }
    }
}
