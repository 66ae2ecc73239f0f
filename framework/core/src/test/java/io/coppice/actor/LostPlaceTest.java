package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** How soon the place of a worker whose handler does not come back is made up for. */
class LostPlaceTest {

    private static final int ROUNDS = 21;

    @RegisterExtension private final House house = new House().withWorkers(1);

    @Test
    void that_of_the_killed_is_made_up_for_sooner_than_that_of_the_living() {
        var living = new ArrayList<Long>();
        var killed = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            living.add(computing(victim -> {}));
            killed.add(computing(victim -> house.node().kill(victim.pid())));
        }

        // One tick or two, and ten; fewer on a machine that is slow, but never as few.
        assertThat(2 * median(killed)).isLessThan(median(living));
    }

    @Test
    void that_of_one_who_waits_for_a_connection_sooner_than_that_of_one_who_computes()
            throws IOException {
        var computing = new ArrayList<Long>();
        var waiting = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            computing.add(computing(victim -> {}));
            waiting.add(waitingForAConnection());
        }

        // Two ticks or three, and ten.
        assertThat(2 * median(waiting)).isLessThan(median(computing));
    }

    private long computing(Consumer<Puppet> deed) {
        var over = new AtomicBoolean();
        try {
            return nanosUntilAnotherRuns(
                    () -> {
                        while (!over.get()) {
                            Thread.onSpinWait();
                        }
                    },
                    deed);
        } finally {
            over.set(true);
        }
    }

    /** The thread of such a one seems to run: it is not in Java that it waits. */
    private long waitingForAConnection() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return nanosUntilAnotherRuns(
                    () -> assertThatThrownBy(server::accept).isInstanceOf(SocketException.class),
                    victim -> {});
        }
    }

    /** How long another process waits for the only worker, which is busy with {@code handler}. */
    private long nanosUntilAnotherRuns(Runnable handler, Consumer<Puppet> deed) {
        var entered = new CountDownLatch(1);
        var other = house.puppet();
        var victim = house.puppet();
        long begun = System.nanoTime();
        victim.tell(
                context -> {
                    entered.countDown();
                    handler.run();
                });
        Waiting.on(entered);
        deed.accept(victim);
        return other.ask(context -> System.nanoTime() - begun);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
