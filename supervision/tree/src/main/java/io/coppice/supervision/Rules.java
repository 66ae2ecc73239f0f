package io.coppice.supervision;

import io.coppice.process.Pid;
import io.vavr.collection.Vector;

/**
 * What stays the same in the life of a supervisor.
 *
 * @param self its own process
 * @param path what it is called by the supervisors above it, or its id: {@code shop/orders}
 * @param isDynamic whether its children are made from one template; then they are one for one
 * @param listeners its own, and those of the supervisors above it
 */
record Rules(
        Pid self,
        String path,
        String id,
        Strategy strategy,
        AutoShutdown autoShutdown,
        boolean isDynamic,
        Vector<TreeListener> listeners) {

    static Rules of(Supervisor tree, Pid self) {
        return of(tree, self, tree.strategy(), false);
    }

    static Rules of(DynamicSupervisor<?, ?> tree, Pid self) {
        return of(tree, self, Strategy.ONE_FOR_ONE, true);
    }

    private static Rules of(
            ConfiguredSupervisor<?, ?> tree, Pid self, Strategy strategy, boolean isDynamic) {
        return new Rules(
                self,
                tree.id(),
                tree.id(),
                strategy,
                tree.autoShutdown(),
                isDynamic,
                Vector.ofAll(tree.listeners()));
    }

    /** As those of {@code child} below {@code parent}. */
    Rules below(Rules parent, ChildSpec<?> child) {
        return new Rules(
                self,
                parent.path + "/" + child.id(),
                id,
                strategy,
                autoShutdown,
                isDynamic,
                parent.listeners.appendAll(listeners));
    }
}
