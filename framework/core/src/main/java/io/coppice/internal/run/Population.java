package io.coppice.internal.run;

import io.coppice.process.Signal;
import io.coppice.spi.Scheduler;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many processes a node has, and those that no link may hold. */
final class Population {

    private final LongAdder births = new LongAdder();
    private final LongAdder deaths = new LongAdder();

    /** Processes that no link may hold; the others end with those they are linked to. */
    private final Set<LocalProcess<?>> atLarge = ConcurrentHashMap.newKeySet();

    /** The root is gone: whatever still lives, or comes to be at large, is killed. */
    private volatile boolean killing;

    void born(LocalProcess<?> child, boolean linked) {
        births.increment();
        if (!linked) {
            atLarge(child);
        }
    }

    /** {@code process} may have no link that would end it with the others. */
    void atLarge(LocalProcess<?> process) {
        if (process.markAtLarge()) {
            atLarge.add(process);
            if (process.isDead()) {
                atLarge.remove(process);
            }
        }
        if (killing) {
            kill(process);
        }
    }

    private static void kill(LocalProcess<?> process) {
        LocalProcess.signal(null, process, new Signal.Kill());
    }

    void died(LocalProcess<?> process, boolean wasAtLarge) {
        deaths.increment();
        if (wasAtLarge) {
            atLarge.remove(process);
        }
    }

    /** How many are alive; never one too few. */
    long alive() {
        long dead = deaths.sum();
        return births.sum() - dead;
    }

    /** Nothing may hold those who are at large, and no link ends them: kills them until none is. */
    void killAtLarge(Scheduler scheduler) {
        killing = true;
        while (!atLarge.isEmpty()) {
            atLarge.forEach(Population::kill);
            scheduler.giveWay();
        }
    }
}
