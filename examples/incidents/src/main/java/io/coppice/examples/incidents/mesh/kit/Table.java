package io.coppice.examples.incidents.mesh.kit;

import static java.util.Comparator.comparing;

import io.coppice.examples.incidents.mesh.kit.Entry.State.Present;
import io.vavr.collection.Map;
import io.vavr.collection.Stream;
import io.vavr.collection.TreeMap;

import java.util.Optional;

/**
 * What one peer knows of all keys. An immutable value.
 *
 * <p>Each node has a slot of its own under each key, and is the only one that writes it; so nothing
 * that comes from two sides is ever mixed. Who has the key is worked out at each look.
 *
 * @param keys by key, then by node
 * @param fences the last life of each node that is over: its entries are gone, and refused
 * @param floors by node: what it wrote until then, and is not here, was deleted
 */
public record Table(
        Map<String, Map<String, Entry>> keys, Map<String, Long> fences, Map<String, Long> floors) {

    static final Table EMPTY = new Table(TreeMap.empty(), TreeMap.empty(), TreeMap.empty());

    /** What becomes of an entry that has come. */
    sealed interface Merged {

        /** It was news. */
        record Applied(Table table) implements Merged {}

        /** It, or a later one, was here. */
        record Known() implements Merged {}

        /** It must not be taken. */
        record Refused(Tally.Of why) implements Merged {}
    }

    /**
     * Takes {@code entry} in, if it may be.
     *
     * @param anybody whether it may come from anybody, which is a {@link Flaw}
     */
    Merged merge(Entry entry, boolean anybody) {
        if (entry.owner().isOver(fence(entry.slot().node()))) {
            return new Merged.Refused(Tally.Of.FENCED);
        }
        if (!entry.isOwnersWord() && !anybody) {
            return new Merged.Refused(Tally.Of.NOT_THE_OWNER);
        }
        var table = startedAnew(entry.owner());
        var held = table.at(entry.slot());
        if (held.isEmpty() && entry.version().time() <= table.floor(entry.slot().node())) {
            return new Merged.Refused(Tally.Of.PAST);
        }
        if (held.isPresent() && held.get().version().compareTo(entry.version()) >= 0) {
            return new Merged.Known();
        }
        return new Merged.Applied(table.put(entry));
    }

    /** Who has {@code key}: of those who say so, the one who took it first. */
    public Optional<Entry> winner(String key) {
        return slots(key)
                .values()
                .filter(entry -> !entry.isDeleted())
                .minBy(comparing(Entry::claimed).thenComparing(it -> it.slot().node()))
                .toJavaOptional();
    }

    /** What is said of the worker under {@code key}. */
    public Optional<Spec> find(String key) {
        return winner(key)
                .map(Entry::state)
                .filter(Present.class::isInstance)
                .map(state -> ((Present) state).spec());
    }

    /** The entry in {@code slot}. */
    public Optional<Entry> at(Slot slot) {
        return slots(slot.key()).get(slot.node()).toJavaOptional();
    }

    /** All entries, tombstones included. */
    public Stream<Entry> entries() {
        return keys.values().toStream().flatMap(Map::values);
    }

    /** How many deletions are remembered. */
    public int tombstones() {
        return entries().count(Entry::isDeleted);
    }

    long fence(String node) {
        return fences.getOrElse(node, 0L);
    }

    long floor(String node) {
        return floors.getOrElse(node, 0L);
    }

    Table put(Entry entry) {
        var slot = entry.slot();
        return with(keys.put(slot.key(), slots(slot.key()).put(slot.node(), entry)));
    }

    Table remove(Slot slot) {
        var left = slots(slot.key()).remove(slot.node());
        return with(left.isEmpty() ? keys.remove(slot.key()) : keys.put(slot.key(), left));
    }

    /** Ends {@code life} and all before it: one fence deletes whatever they have written. */
    Table fenced(Owner life) {
        if (life.isOver(fence(life.node()))) {
            return this;
        }
        var left =
                new Table(keys, fences.put(life.node(), life.epoch()), floors.remove(life.node()));
        return entries()
                .filter(entry -> entry.slot().node().equals(life.node()))
                .filter(entry -> entry.owner().isOver(life.epoch()))
                .foldLeft(left, (table, entry) -> table.remove(entry.slot()));
    }

    /** That {@code owner} lives is the end of its lives before. */
    Table startedAnew(Owner owner) {
        return fenced(new Owner(owner.node(), owner.epoch() - 1));
    }

    /** Forgets the deletions by {@code node} until {@code floor}: all have heard of them. */
    Table settled(String node, long floor) {
        if (floor <= floor(node)) {
            return this;
        }
        return entries()
                .filter(Entry::isDeleted)
                .filter(it -> it.slot().node().equals(node) && it.version().time() <= floor)
                .foldLeft(
                        new Table(keys, fences, floors.put(node, floor)),
                        (table, entry) -> table.remove(entry.slot()));
    }

    private Map<String, Entry> slots(String key) {
        return keys.getOrElse(key, TreeMap.empty());
    }

    private Table with(Map<String, Map<String, Entry>> keys) {
        return new Table(keys, fences, floors);
    }
}
