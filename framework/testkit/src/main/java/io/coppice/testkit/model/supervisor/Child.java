package io.coppice.testkit.model.supervisor;

import io.vavr.control.Option;

/**
 * A child as its supervisor sees it.
 *
 * @param key tells it from its siblings: its id, or the first process that it was
 * @param id as what it is started
 * @param spec how it is to be treated
 * @param process what it is now, or was last if it {@code isRestarting}; empty if it does not run
 * @param isRestarting whether its restart has failed and is to be tried again
 */
record Child(String key, String id, ChildSpec spec, Option<String> process, boolean isRestarting) {

    static Child of(ChildSpec spec) {
        return new Child(spec.id(), spec.id(), spec, Option.none(), false);
    }

    boolean isRunning() {
        return process.isDefined() && !isRestarting;
    }

    Child running(String now) {
        return new Child(key, id, spec, Option.of(now), false);
    }

    Child stopped() {
        return new Child(key, id, spec, Option.none(), false);
    }

    Child restarting() {
        return new Child(key, id, spec, process, true);
    }

    /** As which_children has it. */
    String text() {
        return isRestarting ? "restarting" : process.getOrElse("undefined");
    }
}
