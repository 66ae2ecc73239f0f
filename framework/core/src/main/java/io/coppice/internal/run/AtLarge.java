package io.coppice.internal.run;

import io.coppice.process.Signal;
import io.coppice.spi.Scheduler;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes of a node that no link may hold: the others end with those they are linked to. */
final class AtLarge {

    private final Set<LocalProcess<?>> all = ConcurrentHashMap.newKeySet();

    /** The root is gone: whatever still lives, or comes to be at large, is killed. */
    private volatile boolean killing;

    /** {@code process} may have no link that would end it with the others. */
    void add(LocalProcess<?> process) {
        if (process.markAtLarge()) {
            all.add(process);
            if (process.isDead()) {
                all.remove(process);
            }
        }
        if (killing) {
            kill(process);
        }
    }

    private static void kill(LocalProcess<?> process) {
        LocalProcess.signal(null, process, new Signal.Kill());
    }

    /** {@code process} has died. */
    void remove(LocalProcess<?> process) {
        all.remove(process);
    }

    /** Nothing may hold those who are at large, and no link ends them: kills them until none is. */
    void killAll(Scheduler scheduler) {
        killing = true;
        while (!all.isEmpty()) {
            all.forEach(AtLarge::kill);
            scheduler.giveWay();
        }
    }
}
