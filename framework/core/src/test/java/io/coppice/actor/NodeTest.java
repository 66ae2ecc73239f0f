package io.coppice.actor;

import static io.coppice.process.ExitReason.KILLED;
import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.SHUTDOWN;
import static io.coppice.process.ExitReason.crashed;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.fixture.CrashLog;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The life of a node. */
class NodeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ActorFactory<Object> IDLE = context -> message -> {};
    private static final Program<Object> WAITING = (context, inbox) -> inbox.take();

    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final CountDownLatch door = new CountDownLatch(1);

    @BeforeEach
    void quieten() {
        CrashLog.open();
    }

    @AfterEach
    void close() {
        door.countDown();
        nodes.forEach(Node::close);
    }

    private Node node() {
        return keep(Node.start());
    }

    @Test
    void code_waits_for_a_future_as_its_get_does() throws Exception {
        var node = node();
        var broken = CompletableFuture.<String>failedFuture(new IllegalStateException("boom"));
        var never = new CompletableFuture<String>();

        assertThat(node.await(CompletableFuture.completedFuture("done"))).isEqualTo("done");
        assertThatThrownBy(() -> node.await(broken))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("boom");
        assertThatThrownBy(() -> node.await(never, Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node.await(never, Duration.ofSeconds(-1)))
                .withMessage("patience: PT-1S, must not be negative");
    }

    @Test
    void a_process_that_waits_for_a_future_is_interrupted_by_its_end() {
        var node = node();
        var thrown = new CompletableFuture<Throwable>();
        var begun = new CountDownLatch(1);
        Program<Object> waiting =
                (context, inbox) -> {
                    begun.countDown();
                    try {
                        node.await(new CompletableFuture<>());
                    } catch (Throwable end) {
                        thrown.complete(end);
                    }
                };

        var process = node.spawn(waiting).pid();
        Waiting.on(begun);
        node.kill(process);

        assertThat(Waiting.of(thrown)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void whoever_has_begun_a_stop_finds_the_node_shut() {
        for (int round = 0; round < 20; round++) {
            var held = new CountDownLatch(1);
            var node = keep(Node.start(NodeTest.<Exited>root(context -> holdingUp(context, held))));
            var ref = node.start(IDLE);

            var stopped = node.beginStop(MINUTE);
            var offer = ref.offer("late");
            node.beginStop(MINUTE);
            var another = ref.offer("later");

            held.countDown();
            Waiting.of(stopped);
            assertThat(List.of(offer, another)).containsOnly(Offer.GATED);
        }
    }

    @Test
    void a_call_after_a_stop_has_begun_is_refused_and_counted() {
        var held = new CountDownLatch(1);
        var node = keep(Node.start(NodeTest.<Exited>root(context -> holdingUp(context, held))));
        var ref = node.<Object>start(context -> message -> {});

        var stopped = node.beginStop(MINUTE);
        assertThatThrownBy(() -> ref.call(replyTo -> replyTo, MINUTE))
                .isInstanceOfSatisfying(
                        CallRefused.class, it -> assertThat(it.offer()).isEqualTo(Offer.GATED));

        held.countDown();
        Waiting.of(stopped);
        assertThat(node.fates().refused()).containsEntry(Fates.Refused.GATED, 1L);
    }

    @Test
    void all_that_waited_for_one_who_was_stopped_is_in_the_report() {
        int waiting = 100_000;
        var inside = new CountDownLatch(1);
        var node = node();
        var busy =
                node.<Object>start(
                        context ->
                                message -> {
                                    inside.countDown();
                                    door.await();
                                });
        busy.send("at hand");
        Waiting.on(inside);
        for (int i = 0; i < waiting; i++) {
            busy.send(i);
        }

        var report = node.stop(MINUTE);

        assertThat(report.lost())
                .containsExactlyEntriesOf(Map.of(Fates.Dropped.RECEIVER_ENDED, (long) waiting));
    }

    private static Actor<Exited> holdingUp(Context<Exited> context, CountDownLatch held) {
        context.trapExits(exited -> exited);
        return exited -> {
            Waiting.on(held);
            throw context.stop(exited.reason());
        };
    }

    private static <M> Application<M> root(ActorFactory<M> factory) {
        return new Application<>() {
            @Override
            public String id() {
                return "top";
            }

            @Override
            public Actor<M> create(Context<M> context) throws Exception {
                return factory.create(context);
            }
        };
    }

    private <M> Node withRoot(ActorFactory<M> factory) {
        return keep(Node.start(root(factory)));
    }

    private Node keep(Node node) {
        nodes.add(node);
        return node;
    }

    private static void assertEnded(Node node, Pid... processes) {
        assertThat(processes).noneMatch(node::isAlive);
        Waiting.until("the end of all processes").until(() -> node.processes() == 0);
    }

    // Stopping

    @Test
    void a_stop_ends_every_process() {
        var node = node();
        var actor = node.start(IDLE).pid();
        var program = node.start(WAITING).pid();

        assertThat(node.stop(MINUTE).reason()).isEqualTo(NORMAL);
        assertEnded(node, actor, program);
    }

    @Test
    void a_stop_ends_processes_that_trap_exits() {
        var node = node();
        var process =
                node.start(
                        (Context<Object> context) -> {
                            context.trapExits(news -> news);
                            return message -> {};
                        });
        node.stop(MINUTE);

        assertEnded(node, process.pid());
    }

    @Test
    void a_stop_ends_a_child_that_outlived_the_normal_end_of_its_parent() {
        var node = node();
        var children = new CompletableFuture<List<Pid>>();
        var parent =
                node.start(
                        (ActorFactory<Object>)
                                context -> {
                                    children.complete(
                                            List.of(
                                                    context.spawnLinked(IDLE).pid(),
                                                    context.spawnLinked(WAITING).pid()));
                                    return message -> {
                                        throw context.stop(NORMAL);
                                    };
                                });
        var end = node.ended(parent.pid());
        parent.send("stop");
        assertThat(Waiting.of(end)).isEqualTo(NORMAL);
        var orphans = Waiting.of(children);
        Waiting.until("the links being gone")
                .until(
                        () ->
                                orphans.stream()
                                        .allMatch(
                                                orphan ->
                                                        node.info(orphan)
                                                                .orElseThrow()
                                                                .links()
                                                                .isEmpty()));
        node.stop(MINUTE);

        assertEnded(node, orphans.toArray(Pid[]::new));
    }

    @Test
    void a_stop_ends_a_child_that_traps_the_end_of_its_parent() {
        var node = node();
        var child = new CompletableFuture<Pid>();
        var news = new CompletableFuture<Exited>();
        ActorFactory<Exited> trapping =
                context -> {
                    context.trapExits(exited -> exited);
                    return news::complete;
                };
        node.start(
                (ActorFactory<Object>)
                        context -> {
                            child.complete(context.spawnLinked(trapping).pid());
                            return message -> {};
                        });
        node.stop(MINUTE);

        assertEnded(node, Waiting.of(child));
    }

    @Test
    void a_stop_ends_a_child_that_unlinked_itself() {
        var node = node();
        var parent =
                node.start(
                        (ActorFactory<Object>)
                                context -> {
                                    var child = context.spawnLinked(IDLE);
                                    context.unlink(child.pid());
                                    return message -> {};
                                });
        node.stop(MINUTE);

        assertEnded(node, parent.pid());
    }

    @Test
    void a_stop_ends_a_ring_of_processes_that_only_hold_each_other() {
        var node = node();
        var children = new CopyOnWriteArrayList<Pid>();
        var parent =
                node.start(
                        (ActorFactory<Object>)
                                context -> {
                                    Pid before = context.self().pid();
                                    for (int i = 0; i < 10; i++) {
                                        var last = before;
                                        before =
                                                context.startLinked(
                                                                child -> {
                                                                    child.link(last);
                                                                    return message -> {};
                                                                },
                                                                SpawnOptions.defaults())
                                                        .pid();
                                        children.add(before);
                                    }
                                    return message -> {
                                        throw context.stop(NORMAL);
                                    };
                                });
        var end = node.ended(parent.pid());
        parent.send("stop");
        Waiting.of(end);
        node.stop(MINUTE);

        assertThat(children).hasSize(10);
        assertEnded(node, children.toArray(Pid[]::new));
    }

    @Test
    void a_stop_does_not_wait_for_a_handler_that_never_returns() {
        var node = node();
        var entered = new CountDownLatch(1);
        var process =
                node.start(
                        (ActorFactory<Object>)
                                context ->
                                        message -> {
                                            entered.countDown();
                                            Waiting.stubbornlyOn(door);
                                        });
        process.send("hang");
        Waiting.on(entered);
        node.stop(MINUTE);

        assertEnded(node, process.pid());
    }

    @Test
    void a_stop_ends_processes_that_are_being_created_meanwhile() {
        for (int round = 0; round < 50; round++) {
            var node = node();
            var made = new CopyOnWriteArrayList<Pid>();
            ActorFactory<String> spawning =
                    context -> {
                        context.self().send("go");
                        return message -> {
                            made.add(context.spawn(IDLE).pid());
                            made.add(context.spawnLinked(WAITING).pid());
                            context.self().send("go");
                        };
                    };
            node.start(spawning);
            Waiting.until("some children").until(() -> made.size() > 10);
            node.stop(MINUTE);

            assertThat(made).noneMatch(node::isAlive);
            Waiting.until("the end of all processes").until(() -> node.processes() == 0);
        }
    }

    @Test
    void stopping_twice_and_from_many_threads_stops_once_and_tells_all_the_same() throws Exception {
        var node =
                withRoot(
                        context -> {
                            context.trapExits(news -> news);
                            return message -> {
                                throw context.stop(custom("over"));
                            };
                        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<ExitReason>>();
            for (int i = 0; i < 100; i++) {
                results.add(threads.submit(() -> node.stop(MINUTE).reason()));
            }
            for (var result : results) {
                assertThat(Waiting.of(result)).isEqualTo(custom("over"));
            }
        }
        assertThat(node.stop(Duration.ZERO).reason()).isEqualTo(custom("over"));
        node.close();
    }

    @Test
    void a_process_may_stop_another_node() {
        var node = node();
        var other = node();
        var reason = new CompletableFuture<ExitReason>();
        node.start(
                (ActorFactory<Object>)
                        context -> {
                            reason.complete(other.stop(Duration.ZERO).reason());
                            return message -> {};
                        });

        assertThat(Waiting.of(reason)).isEqualTo(NORMAL);
    }

    @Test
    void a_stop_without_a_patience_is_refused_and_the_node_goes_on() {
        var node = withRoot(IDLE);

        assertThatThrownBy(() -> node.stop(null)).isInstanceOf(NullPointerException.class);
        assertThat(node.isAlive(node.root().orElseThrow())).isTrue();
        assertThat(node.stop(MINUTE).reason()).isEqualTo(SHUTDOWN);
    }

    @Test
    void after_a_stop_nothing_starts() {
        var node = node();
        var process = node.start(IDLE);
        node.stop(Duration.ZERO);

        assertThatThrownBy(() -> node.spawn(IDLE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> node.start(WAITING)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> process.call(replyTo -> "hello", MINUTE))
                .isInstanceOf(CalleeEnded.class);
        process.send("lost");
        node.kill(process.pid());
        assertThat(node.info(process.pid())).isEmpty();
    }

    @Test
    void a_stopped_node_leaves_no_thread_behind() {
        var before = threads();
        for (int i = 0; i < 20; i++) {
            var node = Node.start(NodeOptions.defaults().withWorkers(4));
            node.start(IDLE).send("hello");
            node.start(
                    (Context<Object> context) -> {
                        context.timers().every(Duration.ofMillis(1), "tick");
                        return message -> {};
                    });
            node.close();
        }

        Waiting.until("the end of the threads").until(() -> before.containsAll(threads()));
    }

    @Test
    void nor_does_one_of_whose_workers_one_had_lost_its_place() {
        var before = threads();
        var node = Node.start(NodeOptions.defaults().withWorkers(1));
        var blocker = new Blocker(node);
        node.start(IDLE); // by another worker
        blocker.goOn();
        node.close();

        Waiting.until("the end of the threads").until(() -> before.containsAll(threads()));
    }

    @Test
    void nor_does_one_whose_code_comes_back_when_it_has_stopped() {
        var before = threads();
        var node = Node.start(NodeOptions.defaults().withWorkers(1));
        var blocker = new Blocker(node);
        node.start(IDLE); // by another worker
        assertThat(node.stop(Duration.ofMillis(10)).zombies()).hasSize(1);
        blocker.goOn();

        Waiting.until("the end of the threads").until(() -> before.containsAll(threads()));
    }

    /** A handler that blocks, deaf to interrupts, until it may go on. */
    private static final class Blocker {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);

        Blocker(Node node) {
            ActorFactory<Object> actor =
                    context ->
                            message -> {
                                entered.countDown();
                                Waiting.stubbornlyOn(mayGoOn);
                                done.countDown();
                            };
            node.start(actor).send("block");
            Waiting.on(entered);
        }

        /** Returns when the handler is about to. */
        void goOn() {
            mayGoOn.countDown();
            Waiting.on(done);
        }
    }

    /** Each by itself: one of a test before that ends meanwhile hides none that stays. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("coppice"))
                .collect(Collectors.toSet());
    }

    // The root

    @Test
    void a_root_that_does_not_trap_ends_with_shutdown() {
        var node = withRoot(IDLE);

        assertThat(node.root().orElseThrow().label()).isEqualTo("top");
        assertThat(node.stop(MINUTE).reason()).isEqualTo(SHUTDOWN);
        assertEnded(node, node.root().orElseThrow());
    }

    @Test
    void a_root_that_traps_hears_shutdown_from_outside_and_says_why_it_ends() {
        var heard = new CompletableFuture<Exited>();
        var node =
                this.<Exited>withRoot(
                        context -> {
                            context.trapExits(news -> news);
                            return exited -> {
                                heard.complete(exited);
                                throw context.stop(custom("my own"));
                            };
                        });

        assertThat(node.stop(MINUTE).reason()).isEqualTo(custom("my own"));
        assertThat(Waiting.of(heard)).isEqualTo(new Exited(node.outside(), SHUTDOWN));
    }

    @Test
    void a_root_that_takes_too_long_is_killed() {
        var node =
                this.<Exited>withRoot(
                        context -> {
                            context.trapExits(news -> news);
                            return exited -> {};
                        });

        assertThat(node.stop(Duration.ofMillis(20)).reason()).isEqualTo(KILLED);
        assertEnded(node, node.root().orElseThrow());
    }

    @Test
    void a_root_may_take_its_time_to_stop_its_children_in_order() {
        // A supervisor in short: each child is asked to stop when the one before is gone.
        List<String> order = new CopyOnWriteArrayList<>();
        var node = this.<Exited>withRoot(context -> new Shepherd(context, order));

        assertThat(node.stop(MINUTE).reason()).isEqualTo(custom("in order"));
        assertThat(order).containsExactly("2 shutdown", "1 shutdown", "0 shutdown", "stopped");
    }

    private static final class Shepherd implements Actor<Exited> {
        private final Context<Exited> context;
        private final List<String> order;
        private final List<Pid> children = new ArrayList<>();

        Shepherd(Context<Exited> context, List<String> order) {
            this.context = context;
            this.order = order;
            context.trapExits(news -> news);
            for (int i = 0; i < 3; i++) {
                children.add(context.startLinked(IDLE, SpawnOptions.defaults()).pid());
            }
        }

        @Override
        public void receive(Exited exited) {
            if (children.contains(exited.from())) {
                order.add(children.indexOf(exited.from()) + " " + exited.reason());
                children.remove(exited.from());
            }
            if (children.isEmpty()) {
                throw context.stop(custom("in order"));
            }
            context.exit(children.getLast(), SHUTDOWN);
        }

        @Override
        public void stopped(ExitReason reason) {
            order.add("stopped");
        }
    }

    @Test
    void a_root_may_unlink_its_children_while_it_stops() {
        var node =
                this.<Exited>withRoot(
                        context -> {
                            context.trapExits(news -> news);
                            var child = context.startLinked(IDLE, SpawnOptions.defaults());
                            return exited -> {
                                context.unlink(child.pid());
                                throw context.stop(custom("unlinked"));
                            };
                        });

        assertThat(node.stop(MINUTE).reason()).isEqualTo(custom("unlinked"));
        Waiting.until("the end of all processes").until(() -> node.processes() == 0);
    }

    @Test
    void a_node_ends_when_its_root_does() {
        var other = new CompletableFuture<Pid>();
        var node =
                this.<Object>withRoot(
                        context -> {
                            other.complete(context.spawn(WAITING).pid());
                            context.self().send("stop");
                            return message -> {
                                throw context.stop(custom("done"));
                            };
                        });

        Waiting.until("the end of the rest").until(() -> !node.isAlive(Waiting.of(other)));
        Waiting.until("the node being closed").until(() -> isClosed(node));
    }

    private static boolean isClosed(Node node) {
        try {
            node.kill(node.spawn(IDLE).pid());
            return false;
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    @Test
    void a_root_that_fails_to_start_closes_the_node() {
        var boom = new IllegalStateException("boom");
        var before = threads();

        assertThatThrownBy(
                        () ->
                                Node.start(
                                        root(
                                                context -> {
                                                    context.spawn(WAITING);
                                                    throw boom;
                                                })))
                .isInstanceOfSatisfying(
                        StartFailure.InitFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(crashed(boom)));
        Waiting.until("the end of the threads").until(() -> before.containsAll(threads()));
    }

    // Two nodes

    @Test
    void processes_of_two_nodes_of_one_jvm_can_be_linked() {
        var one = node();
        var two = node();
        var news = new CompletableFuture<Exited>();
        var far = two.start(IDLE);
        one.start(
                (Context<Exited> context) -> {
                    context.trapExits(exited -> exited);
                    context.link(far.pid());
                    return news::complete;
                });
        two.kill(far.pid());

        assertThat(Waiting.of(news)).isEqualTo(new Exited(far.pid(), KILLED));
    }

    // Options

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_025, Integer.MIN_VALUE})
    void a_number_of_workers_that_makes_no_sense_is_refused(int workers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeOptions.defaults().withWorkers(workers))
                .withMessageContaining("workers: " + workers);
    }

    @Test
    void an_init_deadline_that_is_not_positive_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpawnOptions.defaults().withInitDeadline(Duration.ZERO))
                .withMessageStartingWith("initDeadline: PT0S");
    }
}
