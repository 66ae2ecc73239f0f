package io.coppice.internal.run;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

/**
 * A map from numbers for many threads, for numbers that are given out one after the other: those
 * that lie together share a page, so that an entry weighs little more than a reference.
 *
 * <p>A page without entries is thrown away, unless it is the newest: there is where entries come
 * and go.
 *
 * @param <V> values
 */
final class Pages<V> {

    private static final int BITS = 6;
    private static final int SIZE = 1 << BITS;

    @SuppressWarnings("rawtypes") // a class literal has no parameters
    private static final AtomicReferenceFieldUpdater<Pages, Page> NEWEST =
            AtomicReferenceFieldUpdater.newUpdater(Pages.class, Page.class, "newest");

    private final ConcurrentMap<Long, Page<V>> pages = new ConcurrentHashMap<>();
    private volatile Page<V> newest = new Page<>(0);

    Pages() {
        pages.put(0L, newest);
    }

    private static final class Page<V> extends AtomicReferenceArray<V> {
        private static final long serialVersionUID = 1;
        private static final int THROWN_AWAY = -1;

        private final long number;

        /** How many entries it has, or is about to have. */
        private final AtomicInteger entries = new AtomicInteger();

        Page(long number) {
            super(SIZE);
            this.number = number;
        }

        /**
         * @return false if it has been thrown away
         */
        boolean take() {
            for (int seen = entries.get(); seen != THROWN_AWAY; seen = entries.get()) {
                if (entries.compareAndSet(seen, seen + 1)) {
                    return true;
                }
            }
            return false;
        }

        boolean throwAway() {
            return entries.compareAndSet(0, THROWN_AWAY);
        }
    }

    /** Maps {@code number}, which has no entry, to {@code value}. */
    void put(long number, V value) {
        var page = page(number >>> BITS);
        while (!page.take()) {
            pages.remove(page.number, page); // whoever threw it away may not have come to that
            page = page(number >>> BITS);
        }
        page.set(place(number), value);
    }

    /** Takes {@code number} out, if it has an entry. */
    void remove(long number) {
        var page = find(number >>> BITS);
        if (page == null || page.getAndSet(place(number), null) == null) {
            return;
        }
        if (page.entries.decrementAndGet() == 0 && page != newest) {
            throwAway(page);
        }
    }

    /** Whether there is no entry, and none is just being put in. */
    boolean isEmpty() {
        for (var page : pages.values()) {
            if (page.entries.get() > 0) {
                return false;
            }
        }
        return true;
    }

    /** Visits the values. Those that come or go meanwhile may be visited or not. */
    void forEach(Consumer<? super V> visitor) {
        for (var page : pages.values()) {
            for (int place = 0; place < SIZE; place++) {
                var value = page.get(place);
                if (value != null) {
                    visitor.accept(value);
                }
            }
        }
    }

    /** How many pages there are. */
    int pages() {
        return pages.size();
    }

    private static int place(long number) {
        return (int) number & (SIZE - 1);
    }

    private @Nullable Page<V> find(long number) {
        var latest = newest;
        return latest.number == number ? latest : pages.get(number);
    }

    private Page<V> page(long number) {
        var found = find(number);
        if (found != null) {
            return found;
        }
        var made = pages.computeIfAbsent(number, Page::new);
        var before = newest;
        if (number > before.number && NEWEST.compareAndSet(this, before, made)) {
            throwAway(before); // whoever empties it later sees that it is not the newest any more
        }
        return made;
    }

    private void throwAway(Page<V> page) {
        if (page.throwAway()) {
            pages.remove(page.number, page);
        }
    }
}
