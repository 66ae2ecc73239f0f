package io.coppice.testkit.model.supervisor;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * The children of a supervisor.
 *
 * @param inOrder of their first start
 * @param areDynamic whether one that does not run is forgotten, whatever its restart type
 */
record Children(List<Child> inOrder, boolean areDynamic) {

    Option<Child> find(String key) {
        return inOrder.find(child -> child.key().equals(key));
    }

    /** The child that is, or while restarting was, {@code process}. */
    Option<Child> being(String process) {
        return inOrder.find(child -> child.process().contains(process));
    }

    /** {@code child} and those that were started after it. */
    List<Child> from(Child child) {
        return inOrder.dropUntil(other -> other.key().equals(child.key()));
    }

    /** With {@code child} as it is now, at its place or, if it is new, at the end. */
    Children with(Child child) {
        int place = inOrder.indexWhere(other -> other.key().equals(child.key()));
        return of(place < 0 ? inOrder.append(child) : inOrder.update(place, child));
    }

    Children without(String key) {
        return of(inOrder.filter(child -> !child.key().equals(key)));
    }

    /** With {@code child} not running; of a temporary one nothing is left. */
    Children withStopped(Child child) {
        return areDynamic || child.spec().isTemporary()
                ? without(child.key())
                : with(child.stopped());
    }

    private static List<Child> none() {
        return List.empty();
    }

    private Children of(List<Child> now) {
        return new Children(now, areDynamic);
    }

    static Children of(List<ChildSpec> specs, boolean areDynamic) {
        return new Children(areDynamic ? none() : specs.map(Child::of), areDynamic);
    }
}
