package io.coppice.internal.run;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What few processes have. Guarded by the process's lock; there are none as long as they are {@link
 * #isEmpty}, for there may be a million processes.
 */
final class Extras {
    @Nullable String name;
    @Nullable Starter<?> starter;
    boolean startHeld;
    boolean ignored;
    @Nullable Object status;
    private @Nullable Set<ProcessTimers.Timer> timers;
    private @Nullable List<AutoCloseable> owned;

    boolean isEmpty() {
        return name == null
                && starter == null
                && !startHeld
                && !ignored
                && status == null
                && timers().isEmpty()
                && owned().isEmpty();
    }

    Set<ProcessTimers.Timer> timers() {
        return timers == null ? Set.of() : timers;
    }

    boolean add(ProcessTimers.Timer timer) {
        if (timers == null) {
            timers = new HashSet<>(2);
        }
        return timers.add(timer);
    }

    boolean remove(ProcessTimers.Timer timer) {
        return timers != null && timers.remove(timer);
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
