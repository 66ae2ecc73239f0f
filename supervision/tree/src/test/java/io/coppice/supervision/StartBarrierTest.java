package io.coppice.supervision;

import static io.coppice.supervision.Child.child;
import static io.coppice.supervision.Child.loop;
import static io.coppice.supervision.Child.service;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.ChildTemplate.each;
import static io.coppice.supervision.DynamicSupervisor.dynamicSupervisor;
import static io.coppice.supervision.Strategy.ONE_FOR_ALL;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorFactory;
import io.coppice.actor.Context;
import io.coppice.actor.Inbox;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.Program;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.process.ExitReason;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Nothing is pulled from a source before all that start together have initialised. */
class StartBarrierTest extends OnANode {

    private static final int BUFFERED = 10_000;
    private static final int ROUNDS = 30;
    private static final Name<Object> STATE = Name.of("state");

    /** Where a source is attached to a child. */
    enum Attached {
        /** By an actor, when it is opened. */
        IN_OPENED,
        /** By a program, behind {@code awaitOpened}. */
        IN_A_PROGRAM,
        /** By a loop, which is a source as a whole. */
        IN_A_LOOP,
        /** By an actor, too early. */
        IN_THE_CONSTRUCTOR
    }

    /** What happens, in order: {@code init x}, {@code pull}, {@code stop x}. */
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private final AtomicInteger pulled = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();

    /** What is in the source from the beginning: 10,000 items, each for the state. */
    private void drain(Node at) {
        for (int item = pulled.getAndIncrement();
                item < BUFFERED;
                item = pulled.getAndIncrement()) {
            if (item == 0) {
                log.add("pull");
            }
            at.registry().ref(STATE).send(item);
        }
    }

    private Child<?> source(String id, Attached attached) {
        Program<Object> reader = (context, inbox) -> drain(node);
        return switch (attached) {
            case IN_OPENED ->
                    worker(
                            id,
                            (Context<Object> context) ->
                                    new Member(id) {
                                        @Override
                                        public void opened() {
                                            context.spawnLinked(reader);
                                        }
                                    });
            case IN_A_PROGRAM ->
                    worker(
                            id,
                            (Context<Object> context, Inbox<Object> inbox) -> {
                                log.add("init " + id);
                                inbox.awaitOpened();
                                drain(node);
                                inbox.take();
                            });
            case IN_A_LOOP ->
                    loop(
                            id,
                            itsNode -> {
                                drain(itsNode);
                                new CountDownLatch(1).await();
                            });
            case IN_THE_CONSTRUCTOR ->
                    worker(
                            id,
                            (Context<Object> context) -> {
                                context.spawnLinked(reader);
                                return new Member(id);
                            });
        };
    }

    /** A member of the group. */
    private class Member implements Actor<Object> {
        final String id;

        Member(String id) {
            this.id = id;
            log.add("init " + id);
        }

        @Override
        public void receive(Object message) {}
    }

    /** A child whose init takes so long. */
    private Child<?> slow(String id, Duration delay) {
        ActorFactory<Object> factory =
                context -> {
                    context.holdStart();
                    context.timers().after(delay, "ready");
                    return message -> {
                        log.add("init " + id);
                        context.started();
                    };
                };
        return worker(id, factory);
    }

    /** The state, to which all items go; its init takes so long. */
    private Child<?> state(Duration delay) {
        ActorFactory<Object> factory =
                context -> {
                    context.holdStart();
                    context.timers().after(delay, "ready");
                    return message -> {
                        if (message.equals("ready")) {
                            log.add("init state");
                            context.started();
                        } else {
                            delivered.incrementAndGet();
                        }
                    };
                };
        return worker("state", factory).name(STATE);
    }

    /** Whether the first item was pulled after the last init. */
    private boolean isPulledLast() {
        synchronized (log) {
            return log.indexOf("pull") == log.size() - 1;
        }
    }

    /** One group with a source somewhere and inits of random length; then it is stopped. */
    private void round(Attached attached, Shape shape, SplittableRandom random) {
        log.clear();
        pulled.set(0);
        delivered.set(0);
        var root = start(shape.tree(source("source", attached), random, this));
        await().until(() -> pulled.get() >= BUFFERED);
        if (attached != Attached.IN_THE_CONSTRUCTOR) {
            await().until(() -> delivered.get() == BUFFERED);
        }
        var end = node.ended(root.pid());
        node.exit(root.pid(), ExitReason.SHUTDOWN);
        reasonOf(end);
    }

    private static Duration some(SplittableRandom random) {
        return Duration.ofNanos(1 + random.nextLong(2_000_000));
    }

    /** How the members of a group stand to each other. */
    enum Shape {
        FLAT {
            @Override
            Supervisor tree(Child<?> source, SplittableRandom random, StartBarrierTest test) {
                return supervisor("top", ONE_FOR_ALL)
                        .children(some(source, random, test).toArray(ChildSpec<?>[]::new));
            }
        },
        NESTED {
            @Override
            Supervisor tree(Child<?> source, SplittableRandom random, StartBarrierTest test) {
                var left = some(source, random, test);
                return supervisor("top", REST_FOR_ONE)
                        .children(
                                supervisor("left", ONE_FOR_ONE)
                                        .children(
                                                supervisor("deep", ONE_FOR_ONE)
                                                        .children(
                                                                left.toArray(ChildSpec<?>[]::new)),
                                                test.slow("beside", StartBarrierTest.some(random))),
                                test.slow("right", StartBarrierTest.some(random)));
            }
        };

        abstract Supervisor tree(Child<?> source, SplittableRandom random, StartBarrierTest test);

        private static List<ChildSpec<?>> some(
                Child<?> source, SplittableRandom random, StartBarrierTest test) {
            var children = new ArrayList<ChildSpec<?>>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                children.add(test.slow("m" + i, StartBarrierTest.some(random)));
            }
            children.add(
                    random.nextInt(children.size() + 1), test.state(StartBarrierTest.some(random)));
            children.add(random.nextInt(children.size() + 1), source);
            return children;
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(Attached.class)
    class AFilledSource {

        @Parameter Attached attached;

        @Test
        void is_pulled_after_the_last_init_of_its_group() {
            check(Shape.FLAT);
        }

        @Test
        void is_pulled_after_the_last_init_of_the_whole_tree() {
            check(Shape.NESTED);
        }

        /** The same property finds the source that is attached too early. */
        private void check(Shape shape) {
            int early = 0;
            for (int seed = 0; seed < ROUNDS; seed++) {
                round(attached, shape, new SplittableRandom(seed));
                early += isPulledLast() ? 0 : 1;
            }
            if (attached == Attached.IN_THE_CONSTRUCTOR) {
                assertThat(early).as("rounds in which it was noticed").isGreaterThan(ROUNDS / 10);
            } else {
                assertThat(early).as("rounds in which it was pulled too early").isZero();
            }
        }
    }

    /** How an init goes wrong, and what the start says then. */
    enum Wrong {
        THROWS("no money") {
            @Override
            void in(Context<Object> context) {
                throw new IllegalStateException("no money");
            }
        },
        STOPS("no money") {
            @Override
            void in(Context<Object> context) {
                throw context.stop(ExitReason.custom("no money"));
            }
        },
        DIES("killed") {
            @Override
            void in(Context<Object> context) {
                context.kill(context.self().pid());
            }
        },
        TAKES_TOO_LONG("took longer than PT0.03S") {
            @Override
            void in(Context<Object> context) {
                context.holdStart();
            }
        };

        final String says;

        Wrong(String says) {
            this.says = says;
        }

        abstract void in(Context<Object> context);
    }

    @Nested
    @ParameterizedClass
    @EnumSource(Wrong.class)
    class AnInitThatGoesWrong {

        private static final List<String> IDS = List.of("a", "b", "c", "d", "e");

        @Parameter Wrong wrong;

        private ChildSpec<?>[] members(String failing) {
            return IDS.stream().map(id -> member(id, failing)).toArray(ChildSpec<?>[]::new);
        }

        /** One that pulls from a source as soon as it is opened. */
        private Child<?> member(String id, String failing) {
            ActorFactory<Object> factory =
                    context -> {
                        context.trapExits(exited -> exited);
                        if (id.equals(failing)) {
                            wrong.in(context);
                        }
                        return new Member(id) {
                            @Override
                            public void receive(Object order) {
                                log.add("stop " + id);
                                throw context.stop(ExitReason.SHUTDOWN);
                            }

                            @Override
                            public void opened() {
                                drain(node);
                            }
                        };
                    };
            var child = worker(id, factory);
            return id.equals(failing) && wrong == Wrong.TAKES_TOO_LONG
                    ? child.initDeadline(ofMillis(30))
                    : child;
        }

        private void check(Supervisor tree, String failing) {
            assertThatThrownBy(() -> node.start(tree, SpawnOptions.defaults()))
                    .isInstanceOf(StartFailure.InitFailed.class)
                    .hasMessageContaining("failed to start " + failing + ": ")
                    .hasMessageContaining(wrong.says);
            var up = IDS.subList(0, IDS.indexOf(failing));
            assertThat(pulled).hasValue(0);
            assertThat(log.stream().filter(line -> line.startsWith("stop")))
                    .containsExactlyElementsOf(
                            up.reversed().stream().map(id -> "stop " + id).toList());
            await().until(() -> node.processes() == 0);
            assertThat(pulled).hasValue(0);
            log.clear();
        }

        @Test
        void opens_nobody_stops_the_others_in_reverse_and_says_who_and_why() {
            for (var failing : IDS) {
                check(supervisor("top", ONE_FOR_ALL).children(members(failing)), failing);
            }
        }

        @Test
        void opens_nobody_in_the_trees_beside_it_either() {
            for (var failing : IDS) {
                var all = members(failing);
                check(
                        supervisor("top", ONE_FOR_ONE)
                                .children(
                                        supervisor("one", ONE_FOR_ONE).children(all[0], all[1]),
                                        supervisor("two", REST_FOR_ONE)
                                                .children(
                                                        all[2],
                                                        supervisor("three", ONE_FOR_ALL)
                                                                .children(all[3], all[4]))),
                        failing);
            }
        }
    }

    @Nested
    class WhileTheTreeIsShut {

        /** What others may ask in their init. */
        record Ask(ReplyTo<String> replyTo) {}

        private final Name<Object> desk = Name.of("desk");

        private String ask(Context<?> context) {
            return context.node().registry().ref(desk).call(Ask::new, SOON);
        }

        /** One whose init needs an answer from the desk. */
        private Child<?> asking(String id) {
            return worker(
                    id,
                    (Context<Object> context) -> {
                        log.add(ask(context));
                        return new Member(id);
                    });
        }

        private void answer(Object message) {
            if (message instanceof Ask(var replyTo)) {
                replyTo.send("answer");
            }
        }

        @Test
        void an_actor_answers_and_is_opened_afterwards() {
            var server =
                    worker(
                                    "server",
                                    (Context<Object> context) ->
                                            new Member("server") {
                                                @Override
                                                public void receive(Object message) {
                                                    answer(message);
                                                }

                                                @Override
                                                public void opened() {
                                                    log.add("opened");
                                                }
                                            })
                            .name(desk);
            start(ONE_FOR_ONE, server, asking("client"));

            await().until(() -> log.size() == 4);
            assertThat(log).containsExactly("init server", "answer", "init client", "opened");
        }

        @Test
        void a_program_answers_and_is_opened_afterwards() {
            Program<Object> body =
                    (context, inbox) -> {
                        for (var early = inbox.takeUntilOpened();
                                early.isPresent();
                                early = inbox.takeUntilOpened()) {
                            answer(early.get());
                        }
                        log.add("opened");
                        inbox.take();
                    };
            start(ONE_FOR_ONE, worker("server", body).name(desk), asking("client"));

            await().until(() -> log.size() == 3);
            assertThat(log).containsExactly("answer", "init client", "opened");
        }

        @Test
        void a_dynamic_supervisor_starts_children_and_opens_them_afterwards() {
            Name<DynamicSupervisor.Message<String, Object>> pool = Name.of("pool");
            var jobs =
                    dynamicSupervisor(
                                    "pool",
                                    each(
                                            "job",
                                            (Context<Object> context, String argument) ->
                                                    new Member(argument) {
                                                        @Override
                                                        public void opened() {
                                                            log.add("opened " + argument);
                                                        }
                                                    }))
                            .name(pool);
            var starting =
                    worker(
                            "starting",
                            (Context<Object> context) -> {
                                for (var argument : List.of("x", "y")) {
                                    context.node()
                                            .registry()
                                            .ref(pool)
                                            .<ChildStart<Object>>call(
                                                    replyTo ->
                                                            new DynamicSupervisor.Message
                                                                    .StartChild<>(
                                                                    argument, replyTo),
                                                    SOON);
                                }
                                return new Member("starting");
                            });
            start(ONE_FOR_ONE, supervisor("left", ONE_FOR_ONE).children(jobs), starting);

            await().until(() -> log.size() == 5);
            assertThat(log.subList(0, 3)).containsExactly("init x", "init y", "init starting");
        }

        @Test
        void a_loop_is_not_entered_and_is_stopped_at_once() {
            var entered = new AtomicInteger();
            var broken =
                    worker(
                            "broken",
                            (Context<Object> context) -> {
                                throw context.stop(BOOM);
                            });
            var patient = loop("loop", loopNode -> entered.incrementAndGet());
            var tree =
                    supervisor("top", ONE_FOR_ONE)
                            .children(patient.shutdown(ShutdownMode.patiently()), broken);

            assertThatThrownBy(() -> start(tree)).hasMessageContaining("failed to start broken");
            await().until(() -> node.processes() == 0);
            assertThat(entered).hasValue(0);
        }

        @Test
        void a_service_is_closed_at_once_when_the_start_fails() {
            var broken =
                    worker(
                            "broken",
                            (Context<Object> context) -> {
                                throw context.stop(BOOM);
                            });
            var served =
                    service("service", any -> "thing", thing -> log.add("closed " + thing))
                            .shutdown(ShutdownMode.patiently());

            assertThatThrownBy(() -> start(ONE_FOR_ONE, served, broken))
                    .hasMessageContaining("failed to start broken");
            assertThat(log).containsExactly("closed thing");
        }

        @Test
        void a_loop_is_entered_when_the_last_init_is_done() {
            var entered = loop("loop", loopNode -> log.add("entered"));
            start(ONE_FOR_ONE, entered, slow("slow", ofMillis(20)));

            await().until(() -> log.contains("entered"));
            assertThat(log).startsWith("init slow", "entered");
        }
    }

    @Nested
    class ATree {

        private Child<Object> member(String id) {
            return worker(
                            id,
                            (Context<Object> context) ->
                                    new Member(id) {
                                        @Override
                                        public void receive(Object order) {
                                            throw context.stop(BOOM);
                                        }

                                        @Override
                                        public void opened() {
                                            log.add("opened " + id);
                                        }
                                    })
                    .name(Name.of(id));
        }

        private void crash(String id) {
            log.clear();
            node.registry().ref(Name.<Object>of(id)).send("crash");
        }

        private void expect(String... lines) {
            await().until(() -> log.size() >= lines.length);
            assertThat(log).containsExactly(lines);
        }

        /** Both have initialised before both open, each in its own time. */
        private void expectBoth() {
            await().until(() -> log.size() >= 4);
            assertThat(log.subList(0, 2)).containsExactly("init b", "init c");
            assertThat(log.subList(2, 4)).containsExactlyInAnyOrder("opened b", "opened c");
        }

        @Test
        void is_initialised_from_top_to_bottom_and_opened_after_that() {
            start(
                    ONE_FOR_ONE,
                    member("a"),
                    supervisor("sub", ONE_FOR_ONE)
                            .children(
                                    member("b"),
                                    supervisor("deep", ONE_FOR_ONE).children(member("c"))),
                    member("d"));

            await().until(() -> log.size() == 8);
            assertThat(log.subList(0, 4)).containsExactly("init a", "init b", "init c", "init d");
            assertThat(log.subList(4, 8))
                    .containsExactlyInAnyOrder("opened a", "opened b", "opened c", "opened d");
        }

        @Test
        void is_opened_also_where_a_supervisor_is_wrapped() {
            var inner = supervisor("inner", ONE_FOR_ONE).children(member("a"));
            ActorFactory<Supervisor.Message> wrapper = context -> inner.create(context);
            start(ONE_FOR_ONE, child("wrapped", wrapper).supervisorType(), member("b"));

            await().until(() -> log.size() == 4);
            assertThat(log.subList(0, 2)).containsExactly("init a", "init b");
        }

        @Test
        void whose_branch_is_restarted_opens_that_branch_again() {
            start(
                    ONE_FOR_ONE,
                    member("a"),
                    supervisor("sub", ONE_FOR_ALL)
                            .restarts(0, ofSeconds(1))
                            .restart(Restart.PERMANENT)
                            .children(member("b"), member("c")));
            await().until(() -> log.size() == 6);
            crash("b");

            expectBoth();
        }

        @Test
        void that_is_open_opens_a_child_that_is_added() {
            var top = start(REST_FOR_ONE, member("a"));
            await().until(() -> log.contains("opened a"));
            log.clear();
            top.<ChildStart<Object>>call(
                    replyTo -> new Supervisor.Message.StartChild<>(member("b"), replyTo), SOON);

            expect("init b", "opened b");
        }

        @Test
        void that_is_open_opens_a_branch_that_is_added() {
            var top = start(REST_FOR_ONE, member("a"));
            await().until(() -> log.contains("opened a"));
            log.clear();
            var branch = supervisor("branch", ONE_FOR_ONE).children(member("b"), member("c"));
            top.<ChildStart<Supervisor.Message>>call(
                    replyTo -> new Supervisor.Message.StartChild<>(branch, replyTo), SOON);

            expectBoth();
        }

        @Test
        void shows_who_is_open() {
            var top = start(ONE_FOR_ONE, member("a"));
            await().until(() -> log.contains("opened a"));
            var a = node.registry().ref(Name.<Object>of("a")).pid();

            assertThat(node.info(top.pid()).orElseThrow().isOpen()).isTrue();
            assertThat(node.info(a).orElseThrow().isOpen()).isTrue();
        }
    }
}
