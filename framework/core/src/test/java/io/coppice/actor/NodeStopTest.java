package io.coppice.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coppice.actor.Fates.Refused;
import io.coppice.actor.ShutdownReport.Drain;
import io.coppice.actor.ShutdownReport.Stopped;
import io.coppice.fixture.Duel;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The end of a node: its gate, what was accepted before, and the report. */
class NodeStopTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<Node> nodes = new ArrayList<>();
    private final CountDownLatch door = new CountDownLatch(1);

    @AfterEach
    void closeNodes() {
        door.countDown();
        nodes.forEach(node -> node.stop(Duration.ZERO));
    }

    /** Something to do in a process. */
    private interface Job {
        void in(Context<Job> context) throws Exception;
    }

    private static final ActorFactory<Job> WORKER =
            context ->
                    new Actor<>() {
                        @Override
                        public void receive(Job job) throws Exception {
                            job.in(context);
                        }
                    };

    /** A root that does jobs, and may be drained first. */
    private record Root(Optional<Duration> drain, ActorFactory<Job> factory)
            implements Application<Job> {
        @Override
        public String id() {
            return "root";
        }

        @Override
        public Actor<Job> create(Context<Job> context) throws Exception {
            return factory.create(context);
        }
    }

    private Node drained(Duration time) {
        return keep(Node.start(new Root(Optional.of(time), WORKER)));
    }

    private Node keep(Node node) {
        nodes.add(node);
        return node;
    }

    @SuppressWarnings("unchecked") // the roots of this test do jobs
    private static ActorRef<Job> root(Node node) {
        return (ActorRef<Job>) node.root().orElseThrow();
    }

    // The gate

    @Test
    void from_the_first_call_on_nothing_comes_in_from_outside() {
        var node = drained(MINUTE);
        var entered = new CountDownLatch(1);
        root(node)
                .send(
                        context -> {
                            entered.countDown();
                            Waiting.on(door);
                        });
        Waiting.on(entered);
        var report = node.beginStop(MINUTE);
        Waiting.until("the gate being shut")
                .until(() -> root(node).offer(context -> {}).equals(Offer.GATED));

        root(node).send(context -> {});
        var other = keep(Node.start());
        var fromAnotherNode =
                other.<String>start(
                        context ->
                                message -> {
                                    root(node).send(inner -> {});
                                    assertThat(root(node).offer(inner -> {}))
                                            .isEqualTo(Offer.GATED);
                                    context.stop(ExitReason.custom("seen"));
                                });
        var seen = other.ended(fromAnotherNode.pid());
        fromAnotherNode.send("go");
        assertThat(Waiting.of(seen)).isEqualTo(ExitReason.custom("seen"));
        door.countDown();

        assertThat(Waiting.of(report).lost()).containsKey(Refused.GATED);
        assertThat(node.fates().isBalanced()).isTrue();
    }

    @Test
    void those_who_wait_for_room_are_told_that_the_gate_is_shut() {
        var node = drained(MINUTE);
        var options =
                SpawnOptions.<Job>defaults().withMailbox(MailboxBound.bounded(1, Overflow.BLOCK));
        var full = node.start(WORKER, options);
        var entered = new CountDownLatch(1);
        full.send(
                context -> {
                    entered.countDown();
                    Waiting.on(door);
                });
        Waiting.on(entered); // or the room it leaves when it begins would be free again
        Waiting.until("the mailbox being full")
                .until(() -> !full.offer(context -> {}).isAccepted());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var offer = threads.submit(() -> full.offer(context -> {}, MINUTE));
            var sent = threads.submit(() -> full.send(context -> {}));
            node.beginStop(MINUTE);
            assertThat(Waiting.of(offer)).isIn(Offer.GATED, new Offer.Closed(ExitReason.KILLED));
            Waiting.of(sent);
        }
    }

    // What was accepted

    @Test
    void a_chain_begun_before_the_stop_is_finished_first() {
        var node = drained(MINUTE);
        var done = new AtomicInteger();
        root(node).send(context -> link(context, done, 500));
        var report = node.stop(MINUTE);

        assertThat(report.drain()).isEqualTo(Drain.COMPLETE);
        assertThat(done).hasValue(500);
        assertThat(report.reason()).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(report.lost()).isEmpty();
    }

    /** Each step is done by a process of its own. */
    private static void link(Context<Job> context, AtomicInteger done, int left) {
        if (left > 0) {
            done.incrementAndGet();
            context.spawnLinked(WORKER).send(next -> link(next, done, left - 1));
        }
    }

    @Test
    void one_that_feeds_itself_for_ever_is_cut_off_when_its_time_is_over_and_that_is_reported() {
        var node = drained(Duration.ofMillis(50));
        root(node).send(NodeStopTest::again);
        var report = node.stop(MINUTE);

        assertThat(report.drain()).isEqualTo(Drain.CUT_SHORT);
        assertThat(report.toString()).contains("the time to drain was over first");
        assertThat(node.fates().isBalanced()).isTrue();
    }

    private static void again(Context<Job> context) {
        context.self().send(NodeStopTest::again);
    }

    /** M3: at whatever moment the stop comes, what was accepted is handled or told of. */
    @Test
    void whatever_was_accepted_is_handled_or_reported_before_the_stop_returns() {
        var random = new SplittableRandom(7);
        for (int round = Duel.rounds(150); round > 0; round--) {
            var node = round % 2 == 0 ? drained(MINUTE) : keep(Node.start());
            var target = node.start(WORKER);
            var handled = new AtomicLong();
            var accepted = new AtomicLong();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int sender = 0; sender < 3; sender++) {
                    threads.submit(() -> flood(target, accepted, handled));
                }
                Waiting.until("messages").until(() -> accepted.get() > 10);
                for (int spins = random.nextInt(5_000); spins > 0; spins--) {
                    Thread.onSpinWait();
                }
                node.stop(MINUTE);
            }
            var fates = node.fates();
            assertThat(fates.isBalanced()).as("%s in round %d", fates, round).isTrue();
            long lost = fates.dropped().values().stream().mapToLong(Long::longValue).sum();
            assertThat(handled.get() + lost).isGreaterThanOrEqualTo(accepted.get());
        }
    }

    private static void flood(ActorRef<Job> target, AtomicLong accepted, AtomicLong handled) {
        while (target.offer(context -> handled.incrementAndGet()).isAccepted()) {
            accepted.incrementAndGet();
        }
    }

    // The report

    @Test
    void the_report_says_who_took_how_long_who_was_late_and_what_was_lost() {
        var stubborn = new AtomicReference<Pid>();
        ActorFactory<Job> parent =
                context -> {
                    var late = SpawnOptions.<Job>defaults().withLabel("late");
                    var child = context.startLinked(NodeStopTest::stubborn, late);
                    stubborn.set(child.pid());
                    context.trapExits(exited -> told -> end(told, exited, child.pid()));
                    return job -> job.in(context);
                };
        var node = keep(Node.start(new Root(Optional.empty(), parent)));
        var report = node.stop(MINUTE);

        assertThat(report.reason()).isEqualTo(ExitReason.SHUTDOWN);
        assertThat(report.late()).extracting(Stopped::process).containsExactly(stubborn.get());
        assertThat(report.stopped())
                .extracting(Stopped::process)
                .contains(stubborn.get(), node.root().orElseThrow());
        assertThat(report.late().getFirst().wasKilled()).isTrue();
        assertThat(report.toString())
                .contains("late<")
                .contains("killed, late")
                .contains("shutdown")
                .contains("stopped in ");
        assertThat(report.took()).isPositive();
    }

    private static Actor<Job> stubborn(Context<Job> context) {
        context.trapExits(exited -> ignored -> {});
        return job -> job.in(context);
    }

    /** As a supervisor would, without its patience. */
    private static void end(Context<Job> context, Exited exited, Pid child) {
        if (!exited.from().equals(child)) {
            context.exit(child, ExitReason.SHUTDOWN);
            context.kill(child);
            throw context.stop(exited.reason());
        }
    }

    @Test
    void code_that_does_not_come_back_is_in_the_report() {
        var node = keep(Node.start());
        var worker = node.start(WORKER);
        var entered = new CountDownLatch(1);
        worker.send(
                context -> {
                    entered.countDown();
                    Waiting.stubbornlyOn(door);
                });
        Waiting.on(entered);
        var report = node.stop(Duration.ofMillis(50));

        assertThat(report.zombies()).extracting(Zombie::pid).containsExactly(worker.pid());
        assertThat(report.toString()).contains("code that runs on");
    }

    // From everywhere

    @Test
    void a_source_that_is_dead_does_not_wait_at_the_gate_for_its_end() {
        var node = keep(Node.start());
        var target = node.start(WORKER);
        var running = new CountDownLatch(1);
        var cameBack = new CountDownLatch(1);
        Program<Object> reader =
                (context, inbox) -> {
                    try {
                        running.countDown();
                        new CountDownLatch(1).await();
                    } catch (InterruptedException killed) {
                        Waiting.on(door);
                        try {
                            target.send(inner -> {}); // the interrupt has been used up
                        } finally {
                            cameBack.countDown();
                        }
                    }
                };
        var source = node.spawn(reader, SpawnOptions.<Object>defaults().source());
        Waiting.on(running);
        node.kill(source.pid());
        node.beginStop(MINUTE);
        Waiting.until("the gate being shut")
                .until(() -> target.offer(inner -> {}).equals(Offer.GATED));
        door.countDown();

        Waiting.on(cameBack);
    }

    @Test
    void all_who_stop_a_node_get_the_same_report() {
        var node = drained(MINUTE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<ShutdownReport>>();
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(() -> node.stop(MINUTE)));
            }
            var first = node.stop(MINUTE);
            for (var one : all) {
                assertThat(Waiting.of(one)).isSameAs(first);
            }
        }
    }

    @Test
    void a_process_may_stop_its_own_node_and_ends_with_it() {
        for (var drain : List.of(Optional.<Duration>empty(), Optional.of(MINUTE))) {
            var node = keep(Node.start(new Root(drain, WORKER)));
            var unwound = new CompletableFuture<Throwable>();
            root(node)
                    .send(
                            context -> {
                                context.trapExits(exited -> ignored -> {});
                                try {
                                    node.stop(MINUTE);
                                    unwound.completeExceptionally(
                                            new AssertionError("it returned"));
                                } catch (ProcessEnded ended) {
                                    unwound.complete(ended);
                                    throw ended;
                                }
                            });
            assertThat(Waiting.of(unwound)).isInstanceOf(ProcessEnded.class);
            var report = node.stop(MINUTE);
            assertThat(report.reason()).isEqualTo(ExitReason.SHUTDOWN);
            assertThat(report.drain())
                    .isEqualTo(drain.isPresent() ? Drain.COMPLETE : Drain.NOT_ASKED);
            assertThat(report.zombies()).isEmpty();
        }
    }

    @Test
    void a_program_that_has_nothing_in_hand_may_stop_a_node_that_is_drained() {
        var node = drained(MINUTE);
        Program<Object> program =
                (context, inbox) -> {
                    context.started();
                    node.stop(MINUTE);
                };
        root(node).send(context -> context.spawnLinked(program));
        Waiting.until("the stop having begun")
                .until(() -> root(node).offer(context -> {}).equals(Offer.GATED));

        assertThat(node.stop(MINUTE).drain()).isEqualTo(Drain.COMPLETE);
    }

    /** Then no virtual thread of the JVM runs, and a stop must not need one. */
    @Test
    void a_stop_returns_though_programs_that_never_wait_hold_all_carriers() {
        var node = keep(Node.start());
        var entered = new CountDownLatch(Runtime.getRuntime().availableProcessors());
        Program<Object> spinning =
                (context, inbox) -> {
                    context.started();
                    entered.countDown();
                    while (door.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                };
        for (long left = entered.getCount(); left > 0; left--) {
            node.spawn(spinning);
        }
        Waiting.on(entered);
        var report = node.stop(MINUTE);
        door.countDown();

        assertThat(report.zombies()).isNotEmpty();
    }

    @Test
    void messages_behind_code_that_does_not_come_back_are_stranded_and_counted() {
        var node = keep(Node.start());
        var worker = node.start(WORKER);
        var entered = new CountDownLatch(1);
        worker.send(
                context -> {
                    entered.countDown();
                    Waiting.stubbornlyOn(door);
                });
        Waiting.on(entered);
        worker.send(context -> {});
        worker.send(context -> {});
        var report = node.stop(Duration.ZERO);

        assertThat(report.stranded()).isEqualTo(3);
        assertThat(report.zombies()).hasSize(1);
    }

    @Test
    void a_process_may_begin_the_stop_and_go_on_until_its_turn_comes() {
        var node = drained(MINUTE);
        var wentOn = new CompletableFuture<Boolean>();
        root(node)
                .send(
                        context -> {
                            node.beginStop(MINUTE);
                            context.self().send(inner -> wentOn.complete(true));
                        });
        assertThat(Waiting.of(wentOn)).isTrue();
        assertThat(node.stop(MINUTE).drain()).isEqualTo(Drain.COMPLETE);
    }

    @Test
    void a_patience_below_zero_is_refused_and_the_node_goes_on() {
        var node = keep(Node.start());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node.beginStop(Duration.ofMillis(-1)))
                .withMessage("patience: PT-0.001S, must not be negative");
        assertThat(node.start(WORKER).offer(context -> {})).isEqualTo(Offer.ACCEPTED);
    }

    // Listeners

    @Test
    void dead_letters_are_told_with_sender_receiver_and_reason() {
        var told = new ArrayList<NodeEvent>();
        var options = NodeOptions.defaults().withListener(told::add);
        var node = keep(Node.start(options));
        var dead = node.start(WORKER);
        node.kill(dead.pid());
        Job letter = context -> {};
        var sender = node.start(WORKER);
        var isSent = new CountDownLatch(1);
        sender.send(
                context -> {
                    dead.send(letter);
                    isSent.countDown();
                });
        Waiting.on(isSent);

        assertThat(told)
                .containsExactly(
                        new NodeEvent.DeadLetter(
                                letter,
                                dead.pid().toString(),
                                Optional.of(sender.pid()),
                                Refused.RECEIVER_DEAD));
    }

    @Test
    void a_listener_that_throws_or_causes_dead_letters_harms_nobody() {
        var told = new AtomicInteger();
        var other = new AtomicReference<ActorRef<Job>>();
        NodeListener listener =
                event -> {
                    told.incrementAndGet();
                    other.get().send(context -> {});
                    throw new IllegalStateException("a bad listener");
                };
        var node = keep(Node.start(NodeOptions.defaults().withListener(listener)));
        var dead = node.start(WORKER);
        other.set(dead);
        node.kill(dead.pid());
        dead.send(context -> {});
        dead.send(context -> {});

        assertThat(told).hasValue(2);
        assertThat(node.fates().refused().get(Refused.RECEIVER_DEAD)).isEqualTo(4);
    }
}
