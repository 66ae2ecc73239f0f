package io.coppice.testkit.internal;

import io.coppice.spi.Task;

/** Something that can go on now. */
sealed interface Turn permits Turn.Job, Carrier {

    /** Whose code it is: the same object for every turn of one process. */
    Object strand();

    /** A task that has not begun. */
    record Job(Task task) implements Turn {
        @Override
        public Object strand() {
            return task;
        }
    }
}
