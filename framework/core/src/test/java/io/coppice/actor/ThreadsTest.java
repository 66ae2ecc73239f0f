package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How many threads a node has: as many as are needed, for as long as they are needed. */
@Tag("stress")
class ThreadsTest {

    private static final int PLACES = 2;

    @RegisterExtension private final House house = new House().withWorkers(PLACES);

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("coppice-worker"))
                .count();
    }

    /**
     * A handler that blocks for about as long as the scheduler takes to notice comes back, and its
     * worker goes to sleep, just when its place is taken.
     */
    @Test
    void handlers_that_come_back_just_when_their_place_is_taken_cost_no_thread() {
        var process = house.puppet();
        long before = workers();
        for (int round = 0; round < Duel.rounds(1_500); round++) {
            long nanos = TimeUnit.MICROSECONDS.toNanos(900 + 37 * round % 400);
            process.ask(
                    context -> {
                        long until = System.nanoTime() + nanos;
                        while (System.nanoTime() < until) {
                            Thread.onSpinWait();
                        }
                        return true;
                    });
        }

        assertThat(workers()).isLessThanOrEqualTo(before + 2 * PLACES + 2);
    }

    @Test
    void calls_between_actors_that_wait_for_each_other_cost_a_thread_each_while_they_wait() {
        var callee = house.puppet();
        var caller = house.puppet();
        long before = workers();
        for (int i = 0; i < Duel.rounds(5_000); i++) {
            caller.does(
                    context ->
                            callee.ref()
                                    .<Boolean>call(
                                            replyTo -> (Puppet.Act) c -> replyTo.send(true),
                                            Waiting.PATIENCE));
        }

        assertThat(workers()).isLessThanOrEqualTo(before + 2 * PLACES + 2);
    }

    @Test
    void handlers_that_block_for_a_moment_are_made_up_for_by_the_same_spare_threads() {
        var process = house.puppet();
        var other = house.puppet();
        for (int i = 0; i < 50; i++) {
            process.does(context -> LockSupport.parkNanos(3_000_000));
        }
        long before = workers();
        for (int i = 0; i < Duel.rounds(300); i++) {
            var blocked =
                    process.begin(
                            context -> {
                                LockSupport.parkNanos(3_000_000);
                                return true;
                            });
            other.does(context -> {});
            Waiting.of(blocked);
        }

        assertThat(workers()).isLessThanOrEqualTo(before + PLACES + 2);
    }
}
