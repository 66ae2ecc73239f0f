package io.coppice.supervision;

import io.coppice.process.Pid;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;

/**
 * The children of one supervisor. Their order is that of their places: most of what happens is
 * about one of them, so it is put together when it is asked for.
 *
 * @param keepsEnded whether the specification of a child stays when the child has ended; that of a
 *     temporary one never does
 * @param slots by place
 * @param places by id; of a dynamic supervisor's children, which share one, any
 * @param pids the place of each child, by the last pid known of it
 * @param shut the places of those that run and are not open yet
 * @param next the place of the next child
 */
record Children(
        boolean keepsEnded,
        Map<Long, Slot> slots,
        Map<String, Long> places,
        Map<Pid, Long> pids,
        Set<Long> shut,
        long next) {

    /** No place is before this one. */
    static final long FIRST = 0;

    static final Children NONE =
            new Children(
                    true,
                    HashMap.empty(),
                    HashMap.empty(),
                    HashMap.empty(),
                    HashSet.empty(),
                    FIRST);

    /** Of a dynamic supervisor. */
    static final Children NO_DYNAMIC =
            new Children(
                    false,
                    HashMap.empty(),
                    HashMap.empty(),
                    HashMap.empty(),
                    HashSet.empty(),
                    FIRST);

    // To look up

    /** The children in start order. */
    Seq<Slot> inOrder() {
        return List.ofAll(slots.valuesIterator()).sortBy(Slot::place);
    }

    /** The child at {@code place} and those started after it, in start order. */
    Seq<Slot> from(long place) {
        return inOrder().dropWhile(slot -> slot.place() < place);
    }

    /** The child at {@code place}, which must be there. */
    Slot slot(long place) {
        return slots.get(place)
                .getOrElseThrow(() -> new IllegalStateException("no child at " + place));
    }

    Option<Slot> at(long place) {
        return slots.get(place);
    }

    Option<Slot> withId(String id) {
        return places.get(id).flatMap(slots::get);
    }

    /** The child that has {@code pid}, or had it before a restart that failed. */
    Option<Slot> withPid(Pid pid) {
        return pids.get(pid).flatMap(slots::get);
    }

    /** The pids of those that run and are not open yet, in start order. */
    Seq<Pid> shutPids() {
        var places = shut.size() == 1 ? List.of(shut.head()) : shut.toList().sorted();
        return places.map(place -> slot(place).pid());
    }

    /** Whether a restart has failed, or waits. */
    boolean hasRestarting() {
        return slots.valuesIterator().exists(Slot::isRestarting);
    }

    /** Whether a significant child runs, or is about to. */
    boolean hasActiveSignificant() {
        return slots.valuesIterator()
                .exists(
                        slot ->
                                slot.spec().isSignificant()
                                        && (slot.isRunning() || slot.isRestarting()));
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
                slots.put(next, Slot.of(next, spec)),
                places.put(spec.id(), next),
                pids,
                shut,
                next + 1);
    }

    Children starting(long place) {
        return put(slot(place).starting());
    }

    Children running(long place, Pid pid, long nowNanos) {
        return put(slot(place).running(pid, nowNanos)).withShut(shut.add(place));
    }

    /** Those that were shut are open. */
    Children opened() {
        return withShut(HashSet.empty());
    }

    private Children withShut(Set<Long> shut) {
        return new Children(keepsEnded, slots, places, pids, shut, next);
    }

    Children restarting(long place) {
        return put(slot(place).restarting());
    }

    /** The child has ended and is not to run for now: only its specification stays, or nothing. */
    Children ended(long place, long nowNanos) {
        var slot = slot(place);
        return keepsEnded && !slot.isTemporary() ? put(slot.stopped(nowNanos)) : without(place);
    }

    Children without(long place) {
        var slot = slot(place);
        return new Children(
                keepsEnded,
                slots.remove(place),
                places.remove(slot.spec().id()),
                slot.lastPid().map(pids::remove).getOrElse(pids),
                shut.remove(place),
                next);
    }

    Children put(Slot slot) {
        var before = slot(slot.place()).lastPid();
        var others =
                before.equals(slot.lastPid()) ? pids : before.map(pids::remove).getOrElse(pids);
        var all = slot.lastPid().map(pid -> others.put(pid, slot.place())).getOrElse(others);
        var stillShut = slot.isRunning() ? shut : shut.remove(slot.place());
        return new Children(
                keepsEnded, slots.put(slot.place(), slot), places, all, stillShut, next);
    }
}
