package io.coppice.examples.incidents.log.kit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the receiving end must know: how far it has got, and what came too early. Decides, and
 * touches nothing.
 *
 * @param done all up to this index is applied, or void
 * @param early what came before its turn: never {@code done + 1}, and never more than a window
 */
record Inbox(long done, SortedMap<Long, Entry> early) {

    /**
     * What comes of an arrival.
     *
     * @param ready what is to be applied now, in order
     * @param dropped what is not kept, one fate for each
     */
    record Arrival(Inbox inbox, List<Entry> ready, List<Fate> dropped) {}

    static Inbox of(long done) {
        return new Inbox(done, new TreeMap<>());
    }

    Arrival arrive(Entry entry, int window) {
        if (entry.index() <= done || early.containsKey(entry.index())) {
            return drop(Fate.DUPLICATE);
        }
        if (entry.index() - done > window) {
            return drop(Fate.GAP_EXCEEDED);
        }
        var all = new TreeMap<>(early);
        all.put(entry.index(), entry);
        return ready(done, all, List.of());
    }

    private Arrival drop(Fate fate) {
        return new Arrival(this, List.of(), List.of(fate));
    }

    /** All up to {@code settled} will never come: what waited for it need not. */
    Arrival settle(long settled) {
        if (settled <= done) {
            return new Arrival(this, List.of(), List.of());
        }
        var rest = new TreeMap<>(early);
        var pointless = rest.headMap(settled, true);
        var dropped = Collections.nCopies(pointless.size(), Fate.VOID);
        pointless.clear();
        return ready(settled, rest, dropped);
    }

    private static Arrival ready(long done, TreeMap<Long, Entry> all, List<Fate> dropped) {
        var ready = new ArrayList<Entry>();
        long last = done;
        while (!all.isEmpty() && all.firstKey() - last == 1) {
            last = all.firstKey();
            ready.add(all.remove(last));
        }
        return new Arrival(new Inbox(last, all), ready, dropped);
    }

    boolean hasGap() {
        return !early.isEmpty();
    }
}
