package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** How soon the place of a worker that computes is made up for. */
class LostPlaceTest {

    private static final int ROUNDS = 21;

    @RegisterExtension private final House house = new House().withWorkers(1);

    @Test
    void that_of_the_killed_is_made_up_for_sooner_than_that_of_the_living() {
        var living = new ArrayList<Long>();
        var killed = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            living.add(nanosUntilAnotherRuns(victim -> {}));
            killed.add(nanosUntilAnotherRuns(victim -> house.node().kill(victim.pid())));
        }

        // One tick or two, and ten; fewer on a machine that is slow, but never as few.
        assertThat(median(killed)).isLessThan(median(living));
    }

    /** How long another process waits for the only worker, which computes. */
    private long nanosUntilAnotherRuns(Consumer<Puppet> deed) {
        var over = new AtomicBoolean();
        var entered = new CountDownLatch(1);
        var other = house.puppet();
        var victim = house.puppet();
        long begun = System.nanoTime();
        victim.tell(
                context -> {
                    entered.countDown();
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                });
        try {
            Waiting.on(entered);
            deed.accept(victim);
            return other.ask(context -> System.nanoTime() - begun);
        } finally {
            over.set(true);
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
