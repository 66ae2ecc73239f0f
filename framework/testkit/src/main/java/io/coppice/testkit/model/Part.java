package io.coppice.testkit.model;

import io.coppice.testkit.model.supervisor.Behaviour;

/**
 * What a process does by itself that was started by id.
 *
 * @param behaviour what it is
 * @param stage how far it has come
 * @param isDynamic whether its starter tells its children apart by process
 */
record Part(Behaviour behaviour, Stage stage, boolean isDynamic) {

    enum Stage {
        CREATED,
        IN_INIT,
        STARTED,
        FAILED
    }

    boolean hasBegun() {
        return stage != Stage.CREATED;
    }

    Part with(Behaviour next) {
        return new Part(next, stage, isDynamic);
    }

    Part at(Stage now) {
        return new Part(behaviour, now, isDynamic);
    }

    /** Of a process that ends itself. */
    Part ending() {
        return stage == Stage.STARTED ? this : at(Stage.FAILED);
    }
}
