package io.coppice.supervision;

import static java.util.Objects.requireNonNull;

import io.coppice.internal.table.Trie;
import io.coppice.process.Pid;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;

/**
 * The children of one supervisor. Their order is that of their places: most of what happens is
 * about one of them, so it is put together when it is asked for.
 *
 * @param keepsEnded whether the specification of a child stays when the child has ended; that of a
 *     temporary one never does
 * @param mayOpen whether the supervisor has been opened, and so may open them
 * @param slots by place
 * @param places by id, from when somebody asks for a child by its id; null before
 * @param pids each child by the number of the last pid known of it, as it was when it got that:
 *     only its place is still true
 * @param shut the pids of those that run and are not open yet, by place
 * @param next the place of the next child
 */
record Children(
        boolean keepsEnded,
        boolean mayOpen,
        Trie<Slot> slots,
        @Nullable Map<String, Long> places,
        Trie<Slot> pids,
        Trie<Pid> shut,
        long next) {

    /** No place is before this one. */
    static final long FIRST = 0;

    /** Of a dynamic supervisor. */
    static final Children NO_DYNAMIC =
            new Children(false, false, Trie.empty(), null, Trie.empty(), Trie.empty(), FIRST);

    /** Of a supervisor that has yet to start them. */
    static Children of(java.util.List<? extends ChildSpec<?>> specs) {
        var slots = new ArrayList<Slot>(specs.size());
        for (var spec : specs) {
            slots.add(Slot.of(FIRST + slots.size(), spec));
        }
        return new Children(
                true, false, Trie.numbered(slots), null, Trie.empty(), Trie.empty(), specs.size());
    }

    // To look up

    /** The children in start order. */
    Seq<Slot> inOrder() {
        return Array.ofAll(slots.values());
    }

    /** The child at {@code place} and those started after it, in start order. */
    Seq<Slot> from(long place) {
        return inOrder().dropWhile(slot -> slot.place() < place);
    }

    /** The child at {@code place}, which must be there. */
    Slot slot(long place) {
        var slot = slots.get(place);
        if (slot == null) {
            throw new IllegalStateException("no child at " + place);
        }
        return slot;
    }

    Option<Slot> at(long place) {
        return Option.of(slots.get(place));
    }

    /** To be asked of {@link #byId}. */
    Option<Slot> withId(String id) {
        return requireNonNull(places, "places").get(id).flatMap(this::at);
    }

    /** These, which know where each id is. */
    Children byId() {
        return places == null
                ? new Children(keepsEnded, mayOpen, slots, index(slots), pids, shut, next)
                : this;
    }

    private static Map<String, Long> index(Trie<Slot> slots) {
        return HashMap.ofAll(slots.values().stream(), it -> it.spec().id(), Slot::place);
    }

    /** The child that has {@code pid}, or had it before a restart that failed. */
    Option<Slot> withPid(Pid pid) {
        var known = pids.get(pid.number());
        return known != null && pid.equals(known.last()) // and not of another node
                ? at(known.place())
                : Option.none();
    }

    /** Whether a restart has failed, or waits. */
    boolean hasRestarting() {
        return slots.anyMatch(Slot::isRestarting);
    }

    /** Whether a significant child runs, or is about to. */
    boolean hasActiveSignificant() {
        return slots.anyMatch(
                slot -> slot.spec().isSignificant() && (slot.isRunning() || slot.isRestarting()));
    }

    /** The place of the child added last. */
    long newest() {
        return next - 1;
    }

    // To change

    /** A new child, the last in the order, not yet running. */
    Children plus(ChildSpec<?> spec) {
        return new Children(
                keepsEnded,
                mayOpen,
                slots.with(next, Slot.of(next, spec)),
                places == null ? null : places.put(spec.id(), next),
                pids,
                shut,
                next + 1);
    }

    /** What is known of {@code child}, whose pid is the same. */
    Children noting(Slot child) {
        return change(child, child, shut);
    }

    /** {@code child} has been started as {@code pid}, and is shut. */
    Children running(Slot child, Pid pid, long nowNanos) {
        return change(child, child.running(pid, nowNanos), shut.with(child.place(), pid));
    }

    /** {@code child} has been started as {@code pid}, and opens by its own init. */
    Children open(Slot child, Pid pid, long nowNanos) {
        return change(child, child.running(pid, nowNanos), shut);
    }

    /** These, which may open. */
    Children letOpen() {
        return new Children(keepsEnded, true, slots, places, pids, shut, next);
    }

    /** Those that were shut are open. */
    Children opened() {
        return new Children(keepsEnded, mayOpen, slots, places, pids, Trie.empty(), next);
    }

    /** {@code child} has ended and its restart is due. */
    Children restarting(Slot child) {
        return change(child, child.restarting(), opened(child));
    }

    /** {@code child} has failed once more, and its restart waits. */
    Children failed(Slot child, long nowNanos) {
        return change(child, child.failed(nowNanos).restarting(), opened(child));
    }

    /** The child has ended and is not to run for now: only its specification stays, or nothing. */
    Children ended(Slot child, long nowNanos) {
        return keepsEnded && !child.isTemporary()
                ? change(child, child.stopped(nowNanos), opened(child))
                : without(child);
    }

    Children without(Slot child) {
        return new Children(
                keepsEnded,
                mayOpen,
                slots.without(child.place()),
                places == null ? null : places.remove(child.spec().id()),
                pidsWithout(child),
                opened(child),
                next);
    }

    /** Those that are shut without {@code child}. */
    private Trie<Pid> opened(Slot child) {
        return shut.without(child.place());
    }

    /**
     * @param before what is known of the child so far
     */
    private Children change(Slot before, Slot after, Trie<Pid> shut) {
        long place = after.place();
        return new Children(
                keepsEnded,
                mayOpen,
                slots.with(place, after),
                places,
                after.last() == before.last() ? pids : pids(before, after),
                shut,
                next);
    }

    private Trie<Slot> pids(Slot before, Slot after) {
        var others = pidsWithout(before);
        return after.last() == null ? others : others.with(after.last().number(), after);
    }

    private Trie<Slot> pidsWithout(Slot child) {
        return child.last() == null ? pids : pids.without(child.last().number());
    }
}
