package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Handlers that do not come back must not delay other processes. */
@ParameterizedClass(name = "{0} workers")
@ValueSource(ints = {1, 2, 4})
class BlockingTest {

    @RegisterExtension private final House house;

    private final int workers;

    BlockingTest(int workers) {
        this.workers = workers;
        this.house = new House().withWorkers(workers);
    }

    /** Occupies {@code count} threads with {@code handler}, each in a process of its own. */
    private void occupy(int count, Puppet.Act handler) {
        var entered = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            house.puppet()
                    .tell(
                            context -> {
                                entered.countDown();
                                handler.in(context);
                            });
        }
        Waiting.on(entered);
    }

    private void assertOthersRun() {
        var ann = house.puppet();
        var bob = house.puppet();
        for (int i = 0; i < 100; i++) {
            ann.does(context -> bob.ref().send("hello"));
            assertThat(bob.hears()).isEqualTo("hello");
        }
    }

    @Test
    void many_that_wait() {
        var door = house.door();
        occupy(50, context -> Waiting.stubbornlyOn(door));

        assertOthersRun();
        door.countDown();
    }

    @Test
    void many_that_wait_for_a_lock() {
        var lock = new ReentrantLock();
        lock.lock();
        try {
            occupy(
                    20,
                    context -> {
                        lock.lock();
                        lock.unlock();
                    });
            assertOthersRun();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void many_that_wait_for_a_monitor() {
        var monitor = new Object();
        synchronized (monitor) {
            occupy(
                    20,
                    context -> {
                        synchronized (monitor) {
                            monitor.notifyAll();
                        }
                    });
            assertOthersRun();
        }
    }

    @Test
    void as_many_that_compute_as_there_are_workers_and_some_more() {
        var over = new AtomicBoolean();
        try {
            occupy(
                    workers + 2,
                    context -> {
                        while (!over.get()) {
                            Thread.onSpinWait();
                        }
                    });
            assertOthersRun();
        } finally {
            over.set(true);
        }
    }

    @Test
    void one_that_sends_and_then_blocks_does_not_strand_those_it_has_woken() {
        for (int round = 0; round < 50; round++) {
            var door = house.door();
            var others = new ArrayList<Puppet>();
            for (int i = 0; i < 12; i++) {
                others.add(house.puppet());
            }
            house.puppet()
                    .tell(
                            context -> {
                                others.forEach(other -> other.ref().send("woken"));
                                Waiting.stubbornlyOn(door);
                            });

            others.forEach(other -> assertThat(other.hears()).isEqualTo("woken"));
            door.countDown();
        }
    }

    @Test
    void a_flood_between_two_does_not_keep_out_the_rest() {
        var over = new AtomicBoolean();
        var rallies = new AtomicInteger();
        for (int i = 0; i < 2 * workers; i++) {
            ActorFactory<ActorRef<?>> player =
                    context ->
                            partner -> {
                                rallies.incrementAndGet();
                                if (!over.get()) {
                                    hit(partner, context.self());
                                }
                            };
            var one = house.keepRef(house.node().start(player));
            var other = house.keepRef(house.node().start(player));
            one.send(other);
        }
        try {
            assertOthersRun();
        } finally {
            over.set(true);
        }
        assertThat(rallies).hasPositiveValue();
    }

    @SuppressWarnings("unchecked")
    private static void hit(ActorRef<?> partner, ActorRef<?> self) {
        ((ActorRef<ActorRef<?>>) partner).send(self);
    }

    @Test
    void one_that_sends_to_itself_for_ever_does_not_keep_out_the_rest_and_can_be_killed() {
        var selfish = new ArrayList<ActorRef<String>>();
        for (int i = 0; i < workers + 1; i++) {
            ActorFactory<String> factory =
                    context -> {
                        context.self().send("again");
                        return message -> context.self().send(message);
                    };
            selfish.add(house.keepRef(house.node().start(factory)));
        }
        assertOthersRun();
        var ends = selfish.stream().map(ref -> house.node().ended(ref.pid())).toList();
        selfish.forEach(ref -> house.node().kill(ref.pid()));

        ends.forEach(Waiting::of);
    }

    @Test
    void a_stop_asked_for_in_a_flood_comes_after_one_message_at_most() {
        var process = house.puppet();
        var handled = new AtomicInteger();
        var stopped = new CompletableFuture<Integer>();
        var over = new AtomicBoolean();
        var flooder =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!over.get() && handled.get() < 2_000_000) {
                                        process.tell(context -> handled.incrementAndGet());
                                    }
                                });
        Waiting.until("the flood").until(() -> handled.get() > 10_000);
        house.node().kill(process.pid());
        int then = handled.get();
        over.set(true);
        stopped.complete(handled.get() - then);
        Waiting.until("the end of the flood").until(() -> !flooder.isAlive());
        house.quiet();

        assertThat(handled.get() - then).isLessThanOrEqualTo(1);
        assertThat(Waiting.of(stopped)).isLessThanOrEqualTo(1);
    }

    @Test
    void threads_are_given_back_when_the_blocking_is_over() {
        var door = house.door();
        occupy(30, context -> Waiting.stubbornlyOn(door));
        door.countDown();
        house.quiet();
        assertOthersRun();

        // The spare ones wait for work for a while; none of them is made anew.
        long before = workerThreads();
        for (int round = 0; round < 20; round++) {
            var again = house.door();
            occupy(10, context -> Waiting.stubbornlyOn(again));
            again.countDown();
            house.quiet();
        }
        assertThat(workerThreads()).isLessThanOrEqualTo(before + 12);
    }

    private static long workerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("coppice-worker"))
                .count();
    }
}
