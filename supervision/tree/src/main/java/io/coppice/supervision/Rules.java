package io.coppice.supervision;

/**
 * What stays the same in the life of a supervisor.
 *
 * @param isDynamic whether its children are made from one template; then they are one for one
 */
record Rules(String id, Strategy strategy, AutoShutdown autoShutdown, boolean isDynamic) {

    static Rules of(Supervisor tree) {
        return new Rules(tree.id(), tree.strategy(), tree.autoShutdown(), false);
    }

    static Rules of(DynamicSupervisor<?, ?> tree) {
        return new Rules(tree.id(), Strategy.ONE_FOR_ONE, tree.autoShutdown(), true);
    }
}
