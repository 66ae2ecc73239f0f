package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** What a process owns is closed when it ends, however it ends. */
@ParameterizedClass
@EnumSource(Kind.class)
class OwnTest {

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

    private void own(Puppet process, String... names) {
        process.does(
                context -> {
                    for (var name : names) {
                        context.<AutoCloseable>own(() -> closed.add(name));
                    }
                });
    }

    @Test
    void what_is_owned_is_closed_in_reverse_order_when_the_process_stops() {
        var process = house.puppet(kind);
        own(process, "first", "second", "third");
        process.tell(context -> context.stop(NORMAL));

        assertThat(Waiting.next(closed)).isEqualTo("third");
        assertThat(Waiting.next(closed)).isEqualTo("second");
        assertThat(Waiting.next(closed)).isEqualTo("first");
    }

    @Test
    void what_is_owned_is_closed_after_a_kill() {
        var process = house.puppet(kind);
        own(process, "only");
        house.node().kill(process.pid());

        assertThat(Waiting.next(closed)).isEqualTo("only");
    }

    @Test
    void what_is_owned_is_closed_after_a_crash() {
        var process = house.puppet(kind);
        own(process, "only");
        process.tell(
                context -> {
                    throw new IllegalStateException("boom");
                });

        assertThat(Waiting.next(closed)).isEqualTo("only");
    }

    @Test
    void what_is_owned_in_an_init_that_fails_is_closed() {
        ActorFactory<Object> factory =
                context -> {
                    context.<AutoCloseable>own(() -> closed.add("only"));
                    throw context.stop(custom("no"));
                };

        assertThatThrownBy(() -> house.node().start(factory)).isInstanceOf(StartFailure.class);
        assertThat(Waiting.next(closed)).isEqualTo("only");
    }

    @Test
    void one_that_cannot_be_closed_does_not_keep_the_others_open() {
        var process = house.puppet(kind);
        own(process, "first");
        process.does(
                context ->
                        context.<AutoCloseable>own(
                                () -> {
                                    throw new AssertionError("cannot be closed");
                                }));
        own(process, "third");
        house.node().kill(process.pid());

        assertThat(Waiting.next(closed)).isEqualTo("third");
        assertThat(Waiting.next(closed)).isEqualTo("first");
    }

    /** A reader waits for its own blocked read; what it reads from is closed all the same. */
    @Test
    void one_whose_close_waits_for_another_does_not_keep_that_open() {
        var door = house.door();
        var process = house.puppet(kind);
        process.does(
                context -> {
                    context.<AutoCloseable>own(door::countDown);
                    context.<AutoCloseable>own(door::await);
                });
        own(process, "last");
        house.node().kill(process.pid());

        assertThat(Waiting.next(closed)).isEqualTo("last");
        Waiting.on(door);
    }

    @Test
    void a_stop_waits_for_what_is_being_closed() {
        var node = Node.start();
        var door = house.door();
        var process = Puppet.start(node, node, kind, SpawnOptions.defaults());
        process.does(
                context ->
                        context.<AutoCloseable>own(
                                () -> {
                                    closed.add("begun");
                                    door.await();
                                    closed.add("done");
                                }));
        var stopped = node.beginStop(Duration.ofMinutes(1));
        assertThat(Waiting.next(closed)).isEqualTo("begun");
        assertThat(stopped).isNotDone();
        door.countDown();

        Waiting.of(stopped);
        assertThat(closed).containsExactly("done");
    }

    @Test
    void one_that_takes_long_to_close_delays_nobody() {
        var door = house.door();
        var linked = house.puppet(kind);
        var process = house.child(linked, kind);
        process.does(context -> context.<AutoCloseable>own(() -> Waiting.stubbornlyOn(door)));
        process.tell(context -> context.stop(custom("over")));

        assertThat(linked.end()).isEqualTo(custom("over"));
    }

    @Test
    void what_is_owned_is_what_is_returned() {
        var process = house.puppet(kind);
        AutoCloseable resource = () -> closed.add("only");

        assertThat(process.<Boolean>ask(context -> context.own(resource) == resource)).isTrue();
        assertThatThrownBy(() -> process.does(context -> context.own(null)))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void what_a_killed_process_still_opens_is_closed_at_once() {
        var process = house.puppet(kind);
        var entered = new CountDownLatch(1);
        var door = house.door();
        process.tell(
                context -> {
                    entered.countDown();
                    Waiting.stubbornlyOn(door);
                    context.<AutoCloseable>own(() -> closed.add("late"));
                });
        Waiting.on(entered);
        house.node().kill(process.pid());
        door.countDown();

        assertThat(Waiting.next(closed)).isEqualTo("late");
    }

    @Test
    void a_process_that_reads_from_a_socket_which_it_owns_can_be_killed() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var process = house.puppet(kind);
            var linked = house.child(process, kind);
            var reading = new CompletableFuture<Integer>();
            var returned = new CompletableFuture<Throwable>();
            process.tell(
                    context -> {
                        var socket =
                                context.own(
                                        new Socket(server.getInetAddress(), server.getLocalPort()));
                        try {
                            reading.complete(socket.getInputStream().read());
                            socket.getInputStream().read();
                        } catch (Throwable thrown) {
                            returned.complete(thrown);
                            throw thrown;
                        }
                    });
            try (var peer = server.accept()) {
                peer.getOutputStream().write(42);
                assertThat(Waiting.of(reading)).isEqualTo(42);
                house.node().kill(process.pid());

                assertThat(linked.isAlive()).isFalse();
                assertThat(Waiting.of(returned)).isInstanceOf(java.io.IOException.class);
            }
        }
    }
}
