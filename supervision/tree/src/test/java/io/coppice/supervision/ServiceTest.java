package io.coppice.supervision;

import static io.coppice.supervision.Child.loop;
import static io.coppice.supervision.Child.service;
import static io.coppice.supervision.Restart.TEMPORARY;
import static io.coppice.supervision.Restart.TRANSIENT;
import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import com.sun.net.httpserver.HttpServer;

import io.coppice.actor.ActorRef;
import io.coppice.actor.Context;
import io.coppice.actor.Inbox;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Program;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.supervision.Supervisor.Message;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Children that are no processes by nature. */
class ServiceTest extends OnANode {

    private static final Name<Void> NAME = Name.of("service");

    /** Something to be opened and closed. */
    private final class Thing implements AutoCloseable {
        final int number = opened.incrementAndGet();
        final CompletableFuture<Void> end = new CompletableFuture<>();

        @Override
        public void close() {
            closed.add(number);
        }
    }

    private final AtomicInteger opened = new AtomicInteger();
    private final List<Integer> closed = new CopyOnWriteArrayList<>();

    private ActorRef<Message> started(ChildSpec<Void> child) {
        return start(ONE_FOR_ONE, child);
    }

    private Child<Void> thing(Child.Stop<Thing> stop) {
        return service("thing", node -> new Thing(), stop).name(NAME);
    }

    private Pid pid() {
        await().until(() -> node.registry().lookup(NAME).isPresent());
        return node.registry().ref(NAME).pid();
    }

    private Thing current() {
        await().until(() -> node.registry().lookup(NAME).isPresent() && status() != null);
        return status();
    }

    private Thing status() {
        return (Thing) node.status(pid()).orElse(null);
    }

    @Nested
    class InUse {

        // @start region="service"
        private Child<Void> web(int port) {
            return service("web", node -> serve(port), server -> server.stop(0)).name(NAME);
        }

        private static HttpServer serve(int port) throws IOException {
            var loopback = InetAddress.getLoopbackAddress();
            var server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
            server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
            server.start();
            return server;
        }

        // @end

        private int status(int port) throws IOException, InterruptedException {
            var address = URI.create("http://127.0.0.1:" + port);
            try (var client = HttpClient.newHttpClient()) {
                return client.send(
                                HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                        .statusCode();
            }
        }

        private int freePort() throws IOException {
            try (var socket = new java.net.ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        @Test
        void a_server_that_is_killed_comes_back_on_the_same_port_at_the_first_try()
                throws Exception {
            int port = freePort();
            start(supervisor("top", ONE_FOR_ONE).restarts(5, ofSeconds(60)).children(web(port)));

            for (int i = 0; i < 5; i++) {
                var killed = pid();
                assertThat(status(port)).isEqualTo(204);
                node.kill(killed);
                await().until(() -> !pid().equals(killed) && node.status(pid()).isPresent());
            }

            assertThat(status(port)).isEqualTo(204); // a sixth restart would be one too many
        }

        @Test
        void a_pool_is_seen_by_others_and_closed_with_the_tree() {
            var top = started(service("pool", node -> Executors.newFixedThreadPool(2)).name(NAME));
            var pool = (ExecutorService) node.status(pid()).orElseThrow();

            assertThat(CompletableFuture.supplyAsync(() -> "done", pool).join()).isEqualTo("done");
            var end = node.ended(top.pid());
            node.exit(top.pid(), ExitReason.SHUTDOWN);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.SHUTDOWN);
            assertThat(pool.isTerminated()).isTrue();
        }

        @Test
        void the_answer_to_a_start_tells_what_was_started() {
            var top = start(ONE_FOR_ONE);

            ChildStart<Void> answer =
                    top.call(
                            replyTo -> new Message.StartChild<>(thing(Thing::close), replyTo),
                            SOON);

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            ChildStart.Started.class,
                            it -> assertThat(it.info()).contains(current()));
        }
    }

    @Nested
    class Starting {

        @Test
        void a_start_that_throws_is_a_failed_start() {
            var why = new IOException("no such host");
            var child =
                    service(
                            "thing",
                            node -> {
                                throw why;
                            },
                            stopped -> {});

            var failure = catchThrowableOfType(StartFailure.class, () -> started(child));

            assertThat(failure.reason())
                    .isEqualTo(
                            ExitReason.shutdown(
                                    new FailedToStartChild("thing", ExitReason.crashed(why))));
        }

        @Test
        void what_a_start_opens_after_its_deadline_is_closed() {
            var slow = new CountDownLatch(1);
            var child =
                    service(
                                    "thing",
                                    node -> {
                                        awaitStubbornly(slow);
                                        return new Thing();
                                    })
                            .initDeadline(ofMillis(50));

            assertThatThrownBy(() -> started(child)).isInstanceOf(StartFailure.class);
            slow.countDown();

            await().until(() -> closed.equals(List.of(1)));
        }

        @Test
        void an_order_to_stop_interrupts_a_start_that_hangs() {
            var hangs = new CountDownLatch(1);
            var interrupted = new CountDownLatch(1);
            var child =
                    service(
                            "thing",
                            node -> {
                                hangs.countDown();
                                try {
                                    new CountDownLatch(1).await();
                                } finally {
                                    interrupted.countDown();
                                }
                                return new Thing();
                            });
            var top = node.spawn(supervisor("top", ONE_FOR_ONE).children(child));
            await().until(() -> hangs.getCount() == 0);

            node.exit(top.pid(), ExitReason.SHUTDOWN);

            await().until(() -> interrupted.getCount() == 0 && node.processes() == 0);
            assertThat(opened).hasValue(0);
        }

        @Test
        void a_missing_part_dies_where_it_is_written() {
            assertThatThrownBy(() -> service("thing", null, stopped -> {})).hasMessage("start");
            assertThatThrownBy(() -> service("thing", node -> "it", null)).hasMessage("stop");
            assertThatThrownBy(() -> service("thing", node -> "it", it -> {}, null))
                    .hasMessage("end");
            assertThatThrownBy(() -> loop("thing", null)).hasMessage("body");
        }
    }

    @Nested
    class Stopping {

        private final CountDownLatch isStopping = new CountDownLatch(1);
        private final CountDownLatch mayStop = new CountDownLatch(1);

        private Child<Void> slow() {
            return thing(
                    it -> {
                        isStopping.countDown();
                        mayStop.await();
                        it.close();
                    });
        }

        @Test
        void it_counts_as_gone_when_its_stop_has_returned() {
            var top = start(ONE_FOR_ONE, journal.child("before"), slow());
            var end = node.ended(pid());
            node.exit(top.pid(), ExitReason.SHUTDOWN);
            await().until(() -> isStopping.getCount() == 0);

            assertThat(end).isNotDone();
            assertThat(journal.lines).containsExactly("start before");
            mayStop.countDown();

            assertThat(reasonOf(end)).isEqualTo(ExitReason.SHUTDOWN);
            assertThat(closed).containsExactly(1);
            journal.awaitLines("start before", "stop before shutdown");
        }

        @Test
        void a_stop_that_takes_too_long_is_interrupted_and_not_called_again() {
            var interrupted = new CountDownLatch(1);
            var stops = new AtomicInteger();
            var top =
                    started(
                            thing(
                                            it -> {
                                                stops.incrementAndGet();
                                                try {
                                                    mayStop.await();
                                                } catch (InterruptedException killed) {
                                                    interrupted.countDown();
                                                }
                                            })
                                    .shutdown(within(ofMillis(50))));
            var end = node.ended(pid());

            node.exit(top.pid(), ExitReason.SHUTDOWN);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.KILLED);
            await().until(() -> interrupted.getCount() == 0 && node.processes() == 0);
            node.close(); // when it has returned, so has whatever closes
            assertThat(stops).hasValue(1);
        }

        @Test
        void a_stop_that_throws_is_a_crash() {
            var why = new IOException("disk full");
            var top =
                    started(
                            thing(
                                    it -> {
                                        throw why;
                                    }));
            var end = node.ended(pid());

            node.exit(top.pid(), ExitReason.SHUTDOWN);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.crashed(why));
        }

        @Test
        void a_killed_one_is_closed_once_and_its_successor_waits_for_that() {
            started(slow());
            var killed = pid();

            node.kill(killed);
            await().until(() -> isStopping.getCount() == 0 && !pid().equals(killed));

            assertThat(opened).hasValue(1); // the next one is there, and waits
            mayStop.countDown();
            assertThat(current().number).isEqualTo(2);
            assertThat(closed).containsExactly(1);
        }

        @Test
        void it_does_not_outlive_a_killed_supervisor() {
            var top = started(thing(Thing::close));
            var end = node.ended(pid());

            node.kill(top.pid());

            assertThat(reasonOf(end)).isEqualTo(ExitReason.KILLED);
            assertThat(closed).containsExactly(1);
        }

        @Test
        void the_successor_below_a_new_supervisor_waits_for_the_one_left_behind() {
            var sub = Name.<Message>of("sub");
            start(
                    ONE_FOR_ONE,
                    supervisor("sub", ONE_FOR_ONE)
                            .name(sub)
                            .children(
                                    service(
                                            "thing",
                                            node -> new Thing(),
                                            it -> {
                                                isStopping.countDown();
                                                mayStop.await();
                                                it.close();
                                            })));
            var killed = node.registry().ref(sub).pid();

            node.kill(killed);
            await().until(
                            () ->
                                    isStopping.getCount() == 0
                                            && node.registry()
                                                    .lookup(sub)
                                                    .filter(it -> !it.pid().equals(killed))
                                                    .isPresent());

            assertThat(opened).hasValue(1);
            mayStop.countDown();
            await().until(() -> opened.get() == 2);
            assertThat(closed).containsExactly(1);
        }
    }

    @Nested
    class ItsEnd {

        private Child<Void> mortal() {
            return service("thing", node -> new Thing(), Thing::close, it -> it.end).name(NAME);
        }

        @Test
        void a_thing_that_fails_crashes_the_child_with_its_exception_and_is_closed() {
            started(mortal());
            var first = current();
            var end = node.ended(pid());
            var why = new IOException("connection reset");

            first.end.completeExceptionally(why);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.crashed(why));
            await().until(() -> current().number == 2);
            assertThat(closed).containsExactly(1);
        }

        @Test
        void the_exception_is_unwrapped() {
            var why = new IOException("connection reset");
            started(
                    service(
                                    "thing",
                                    node -> new Thing(),
                                    Thing::close,
                                    it -> it.end.thenRun(() -> {}))
                            .name(NAME));
            var end = node.ended(pid());

            current().end.completeExceptionally(why);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.crashed(why));
        }

        @Test
        void a_thing_that_is_done_ends_the_child_normally() {
            var top = started(mortal().restart(TRANSIENT));
            var end = node.ended(pid());

            current().end.complete(null);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.NORMAL);
            await().until(() -> which(top).getFirst().status() instanceof ChildStatus.Stopped);
            assertThat(closed).containsExactly(1);
        }
    }

    @Nested
    class Strangers {

        /** A process that links itself to the service and ends as told. */
        private Pid linkedTo(Pid service, ExitReason reason) {
            Program<Object> program =
                    (Context<Object> context, Inbox<Object> inbox) -> {
                        context.link(service);
                        context.started();
                        inbox.take();
                        throw context.stop(reason);
                    };
            var stranger = node.start(program);
            stranger.send("end");
            return stranger.pid();
        }

        @Test
        void the_death_of_one_that_is_linked_stops_it_with_the_same_reason() {
            started(thing(Thing::close));
            var end = node.ended(pid());

            linkedTo(pid(), BOOM);

            assertThat(reasonOf(end)).isEqualTo(BOOM);
            await().until(() -> closed.equals(List.of(1)) && current().number == 2);
        }

        @Test
        void a_normal_end_of_one_that_is_linked_does_nothing() {
            started(thing(Thing::close));
            var service = pid();
            var first = linkedTo(service, ExitReason.NORMAL);
            await().until(() -> !node.isAlive(first));

            linkedTo(service, BOOM); // comes after it, and is heard

            await().until(() -> !node.isAlive(service));
            assertThat(closed).containsExactly(1);
        }
    }

    @Nested
    class Loops {

        private final BlockingQueue<Callback> queue = new LinkedBlockingQueue<>();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger mostRunning = new AtomicInteger();

        interface Callback {
            boolean goOn() throws Exception;
        }

        private void work(Node node) throws Exception {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                while (queue.take().goOn()) {}
            } finally {
                running.decrementAndGet();
            }
        }

        private Child<Void> looping() {
            return loop("loop", this::work).name(NAME);
        }

        @Test
        void it_never_runs_twice_at_once_even_if_it_is_killed_just_when_it_starts() {
            var body =
                    loop(
                            "loop",
                            node -> {
                                mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                                LockSupport.parkNanos(500_000); // which an interrupt cuts short
                                LockSupport.parkNanos(500_000);
                                running.decrementAndGet();
                            });
            var top =
                    start(
                            supervisor("top", ONE_FOR_ONE)
                                    .restarts(1_000_000, ofSeconds(60))
                                    .children(body.name(NAME)));

            for (int round = 0; round < 500; round++) {
                node.kill(firstChild(top.pid()));
            }

            assertThat(mostRunning).hasValue(1);
        }

        /** The process, as soon as it is there. */
        private Pid firstChild(Pid top) {
            for (; ; ) {
                var pid =
                        TreeView.of(node, top)
                                .flatMap(it -> it.children().getFirst().live())
                                .flatMap(TreeView.Live::pid)
                                .filter(node::isAlive);
                if (pid.isPresent()) {
                    return pid.get();
                }
                Thread.onSpinWait();
            }
        }

        @Test
        void it_runs_until_it_is_interrupted_and_is_gone_when_it_has_come_back() {
            var top = started(looping());
            await().until(() -> running.get() == 1);
            var end = node.ended(pid());

            node.exit(top.pid(), ExitReason.SHUTDOWN);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.SHUTDOWN);
            assertThat(running).hasValue(0);
        }

        @Test
        void its_return_is_a_normal_end() {
            started(looping().restart(TEMPORARY));
            var end = node.ended(pid());

            queue.add(() -> false);

            assertThat(reasonOf(end)).isEqualTo(ExitReason.NORMAL);
        }

        @Test
        void its_exception_is_a_crash_after_which_it_is_restarted() {
            started(looping());
            var end = node.ended(pid());
            var why = new IOException("bad record");

            queue.add(
                    () -> {
                        throw why;
                    });

            assertThat(reasonOf(end)).isEqualTo(ExitReason.crashed(why));
            await().until(() -> running.get() == 1);
        }

        @Test
        void killed_over_and_over_it_never_runs_twice_at_once() {
            start(supervisor("top", ONE_FOR_ONE).restarts(5, ofSeconds(60)).children(looping()));

            for (int i = 0; i < 5; i++) {
                await().until(() -> running.get() == 1);
                var killed = pid();
                var stubborn = new CountDownLatch(1);
                queue.add(
                        () -> {
                            awaitStubbornly(stubborn);
                            return false;
                        });
                await().until(queue::isEmpty);
                node.kill(killed);
                await().until(() -> !pid().equals(killed));
                stubborn.countDown();
                await().until(() -> node.status(pid()).isPresent());
            }

            assertThat(mostRunning).hasValue(1);
        }

        @Test
        void the_kill_of_the_process_that_runs_it_ends_it() {
            started(looping());
            await().until(() -> running.get() == 1);
            var end = node.ended(pid());

            node.kill(((Loop) node.status(pid()).orElseThrow()).process());

            assertThat(reasonOf(end)).isEqualTo(ExitReason.KILLED);
        }

        @Test
        void nothing_is_left_when_its_tree_has_ended() {
            var top = started(looping());
            top.send(new Message.Stop(ExitReason.NORMAL));

            await().until(() -> node.processes() == 0 && node.timers() == 0);
            assertThat(running).hasValue(0);
        }
    }
}
