package io.coppice.internal.run;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What few processes have. Guarded by the process's lock. */
final class Extras {
    @Nullable String name;
    @Nullable Starter<?> starter;
    boolean startHeld;
    boolean ignored;
    @Nullable Object status;
    final Set<ProcessTimers.Timer> timers = new HashSet<>(0);
    final List<AutoCloseable> owned = new ArrayList<>(0);
}
