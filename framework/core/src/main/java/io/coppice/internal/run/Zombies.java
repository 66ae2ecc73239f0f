package io.coppice.internal.run;

import io.coppice.actor.Zombie;
import io.coppice.process.ExitReason;
import io.coppice.spi.Clock;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The processes of a node that are dead and whose code may still run.
 *
 * <p>A killer cannot know whether a handler is about to begin, runs, or has just returned. So it
 * enters every process that is not idle, under that process's lock; the thread that has done with
 * the process waits for the lock and takes it out. Whether code really runs is seen when somebody
 * looks.
 */
final class Zombies {

    /** Since when, and why, a process is dead. */
    private record Death(ExitReason reason, long atNanos) {}

    private final Clock clock;
    private final ConcurrentMap<LocalProcess<?>, Death> entered = new ConcurrentHashMap<>();

    /** How many are entered: the map itself does not know exactly while it changes. */
    private final Countdown count = new Countdown();

    Zombies(Clock clock) {
        this.clock = clock;
    }

    /** For a killer, under the lock of {@code process}: its code has not come back yet. */
    void enter(LocalProcess<?> process, ExitReason reason) {
        if (entered.putIfAbsent(process, new Death(reason, clock.nanoTime())) == null) {
            count.enter();
        }
    }

    /** The code of {@code process} has come back, and no killer enters it any more. */
    void leave(LocalProcess<?> process) {
        if (entered.remove(process) != null) {
            count.leave();
        }
    }

    /** Completes at a moment at which no code of the dead runs, or is still to be kept from it. */
    CompletableFuture<Void> none() {
        return count.none();
    }

    /** Those whose code runs now, the oldest first. */
    List<Zombie> list() {
        return entered.entrySet().stream()
                .flatMap(entry -> look(entry).stream())
                .sorted(Comparator.comparing(Zombie::age).reversed())
                .toList();
    }

    private Optional<Zombie> look(Map.Entry<LocalProcess<?>, Death> entry) {
        var process = entry.getKey();
        var death = entry.getValue();
        return process.thread()
                .map(
                        thread ->
                                new Zombie(
                                        process,
                                        death.reason(),
                                        Duration.ofNanos(clock.nanoTime() - death.atNanos()),
                                        thread.getName(),
                                        thread.getState(),
                                        List.of(thread.getStackTrace())))
                .filter(seen -> process.thread().isPresent()); // or it was somebody else's stack
    }
}
