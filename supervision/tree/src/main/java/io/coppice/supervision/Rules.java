package io.coppice.supervision;

import io.coppice.actor.Name;
import io.coppice.process.Pid;
import io.vavr.collection.Vector;
import io.vavr.control.Option;

/**
 * What stays the same in the life of a supervisor.
 *
 * @param self its own process
 * @param path what it is called by the supervisors above it, or its id: {@code shop/orders}
 * @param paths what its children are called
 * @param isDynamic whether its children are made from one template; then they are one for one
 * @param maxChildren how many children it may have, if it is dynamic
 * @param listeners its own, and those of the supervisors above it
 */
record Rules(
        Pid self,
        String path,
        Paths paths,
        String id,
        Option<String> name,
        Strategy strategy,
        AutoShutdown autoShutdown,
        boolean isDynamic,
        int maxChildren,
        Vector<TreeListener> listeners) {

    static Rules of(Supervisor tree, Pid self) {
        return of(tree, self, tree.strategy(), false, DynamicSupervisor.UNLIMITED);
    }

    static Rules of(DynamicSupervisor<?, ?> tree, Pid self) {
        return of(tree, self, Strategy.ONE_FOR_ONE, true, tree.maxChildren);
    }

    private static Rules of(
            ConfiguredSupervisor<?, ?> tree,
            Pid self,
            Strategy strategy,
            boolean isDynamic,
            int maxChildren) {
        return new Rules(
                self,
                tree.id(),
                new Paths(tree.id()),
                tree.id(),
                Option.ofOptional(tree.name().map(Name::value)),
                strategy,
                tree.autoShutdown(),
                isDynamic,
                maxChildren,
                Vector.ofAll(tree.listeners()));
    }

    /** Whether it was started by no supervisor. */
    boolean isRoot() {
        return path.equals(id);
    }

    /** As those of {@code child} below {@code parent}. */
    Rules below(Rules parent, ChildSpec<?> child) {
        String path = parent.paths.of(child);
        return new Rules(
                self,
                path,
                new Paths(path),
                id,
                name,
                strategy,
                autoShutdown,
                isDynamic,
                maxChildren,
                parent.listeners.appendAll(listeners));
    }
}
