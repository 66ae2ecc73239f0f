package io.coppice.internal.run;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What few processes have. Guarded by the process's lock; there are none as long as they are {@link
 * #isEmpty}, for there may be a million processes.
 */
final class Extras {
    @Nullable String name;
    @Nullable Starter<?> starter;
    boolean startHeld;
    boolean ignored;

    /** It was killed because its init took too long. */
    boolean expired;

    @Nullable Object status;
    private ProcessTimers.@Nullable Timer timers;
    private @Nullable List<AutoCloseable> owned;

    boolean isEmpty() {
        return name == null
                && starter == null
                && !startHeld
                && !ignored
                && status == null
                && timers == null
                && owned().isEmpty();
    }

    /** The list of the timers that are set. */
    ProcessTimers.@Nullable Timer timers() {
        return timers;
    }

    boolean add(ProcessTimers.Timer timer) {
        timers = Listed.with(timers, timer);
        return true;
    }

    boolean remove(ProcessTimers.Timer timer) {
        if (timers == null || !timer.isListed()) {
            return false;
        }
        timers = Listed.without(timers, timer);
        return true;
    }

    /** The resources that are closed when the process ends, in the order in which they came. */
    List<AutoCloseable> owned() {
        return owned == null ? List.of() : owned;
    }

    boolean own(AutoCloseable resource) {
        if (owned == null) {
            owned = new ArrayList<>(2);
        }
        return owned.add(resource);
    }
}
