package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.Duration.ofSeconds;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Programs that compute for ever keep every carrier of virtual threads, dead or alive; what the
 * runtime owes to others must not need one.
 */
class CarriersTest {

    private static final int CARRIERS =
            Integer.getInteger(
                    "jdk.virtualThreadScheduler.parallelism",
                    Runtime.getRuntime().availableProcessors());

    @RegisterExtension private final House house = new House();

    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeEach
    void occupy() {
        var entered = new CountDownLatch(CARRIERS);
        Program<Object> greedy =
                (context, inbox) -> {
                    entered.countDown();
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                };
        var first = house.keepRef(house.node().spawn(greedy));
        for (int i = 1; i < CARRIERS; i++) {
            house.keepRef(house.node().spawn(greedy));
        }
        Waiting.on(entered);
        house.node().kill(first.pid());
    }

    @AfterEach
    void release() {
        over.set(true);
    }

    @Test
    void what_is_owned_is_closed_all_the_same() {
        var closed = new CompletableFuture<Boolean>();
        var process = house.puppet();
        process.does(context -> context.<AutoCloseable>own(() -> closed.complete(true)));
        house.node().kill(process.pid());

        assertThat(Waiting.of(closed)).isTrue();
    }

    @Test
    void programs_start_and_are_woken_all_the_same() {
        var program = house.puppet(Puppet.Kind.PROGRAM);
        for (int answer = 0; answer < 100; answer++) {
            int expected = answer;
            assertThat(program.<Integer>ask(context -> expected)).isEqualTo(expected);
        }
    }

    /** The JVM wakes a carrier that has been added if next to nothing waits where one comes in. */
    @Test
    void programs_start_even_where_virtual_threads_wait_already() {
        int everywhere = 100;
        var waiting = new CountDownLatch(everywhere);
        for (int i = 0; i < everywhere; i++) {
            Thread.ofPlatform()
                    .start(
                            () -> {
                                startVirtualThreads();
                                waiting.countDown();
                            });
        }
        Waiting.on(waiting);
        var started = new CompletableFuture<Boolean>();
        Program<Object> program = (context, inbox) -> started.complete(true);
        house.node().start(program, SpawnOptions.defaults().withInitDeadline(ofSeconds(2)));

        assertThat(Waiting.of(started)).isTrue();
    }

    private static void startVirtualThreads() {
        for (int i = 0; i < 3; i++) {
            Thread.ofVirtual().start(() -> {});
        }
    }

    /** Nobody tells that their time is over: the JVM wakes them. */
    @Test
    void programs_that_wake_by_themselves_run_all_the_same() {
        over.set(true);
        var never = new CountDownLatch(1);
        var enough = new AtomicBoolean();
        for (int i = 0; i < CARRIERS; i++) {
            Program<Object> greedyLater =
                    (context, inbox) -> {
                        if (!never.await(300, TimeUnit.MILLISECONDS)) {
                            while (!enough.get()) {
                                Thread.onSpinWait();
                            }
                        }
                    };
            house.keepRef(house.node().spawn(greedyLater));
        }
        Program<Object> later =
                (context, inbox) -> enough.set(!never.await(600, TimeUnit.MILLISECONDS));
        house.keepRef(house.node().spawn(later));
        Waiting.until("the last to wake").untilTrue(enough);
    }

    @Test
    void carriers_that_were_added_are_given_back() throws JMException {
        house.puppet(Puppet.Kind.PROGRAM).ask(context -> 42);
        assertThat(carriers()).isGreaterThan(CARRIERS);
        over.set(true);
        Waiting.until("carriers being given back")
                .untilAsserted(() -> assertThat(carriers()).isEqualTo(CARRIERS));
    }

    private static int carriers() throws JMException {
        var bean = new ObjectName("jdk.management:type=VirtualThreadScheduler");
        var server = ManagementFactory.getPlatformMBeanServer();
        return (int) server.getAttribute(bean, "Parallelism");
    }

    @Test
    void a_node_stops_all_the_same() {
        var other = Node.start();
        var stopped = new CompletableFuture<ShutdownReport>();
        Thread.ofPlatform().daemon().start(() -> stopped.complete(other.stop(Duration.ZERO)));

        assertThat(Waiting.of(stopped).zombies()).isEmpty();
    }
}
