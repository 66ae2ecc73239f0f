package io.coppice.supervision;

import static io.coppice.supervision.ShutdownMode.within;
import static io.coppice.supervision.Strategy.ONE_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;
import static io.coppice.supervision.TaskSupervisor.taskSupervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.coppice.actor.Actor;
import io.coppice.actor.ActorRef;
import io.coppice.actor.CallTimeout;
import io.coppice.actor.CalleeEnded;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Program;
import io.coppice.actor.SpawnOptions;
import io.coppice.process.ExitReason;
import io.coppice.process.Exited;
import io.coppice.process.Pid;
import io.coppice.supervision.DynamicSupervisor.Message;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Code that runs once, and what its caller hears of it. */
class TaskSupervisorTest extends OnANode {

    // @start region="tasks"
    static final TaskSupervisor TASKS = taskSupervisor("tasks").maxChildren(3);

    static final Supervisor TREE =
            supervisor("top", ONE_FOR_ONE).restarts(100, ofSeconds(60)).children(TASKS);

    /** Finds prices, one after the other or all at once. */
    static final class Shop implements Actor<Shop.Message> {

        sealed interface Message {
            record Wanted(Callable<Integer> inquiry) implements Message {}

            record Found(TaskResult<Integer> price) implements Message {}
        }

        private final Context<Message> context;

        Shop(Context<Message> context) {
            this.context = context;
        }

        @Override
        public void receive(Message message) {
            switch (message) {
                case Message.Wanted(var inquiry) ->
                        TASKS.asyncNoLink(context, inquiry, Message.Found::new);
                case Message.Found(TaskResult.Done<Integer>(var cents)) -> sell(cents);
                case Message.Found(TaskResult.Failed<Integer>(var reason)) -> apologise(reason);
            }
        }

        // @end

        static final CompletableFuture<Integer> SOLD = new CompletableFuture<>();

        private void sell(int cents) {
            SOLD.complete(cents);
        }

        private void apologise(ExitReason reason) {
            SOLD.completeExceptionally(new AssertionError(reason));
        }
    }

    /** What the caller of a task hears: a deed to do, or what is to be written down. */
    sealed interface Heard {
        record Do(Consumer<Context<Heard>> deed) implements Heard {}

        record Result(Object value) implements Heard {}

        record Exit(Exited exited) implements Heard {}
    }

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void startTree() {
        start(TREE);
    }

    private ActorRef<Message<Program<Void>, Void>> tasks() {
        return TASKS.ref(node.registry());
    }

    private ChildCount count() {
        return tasks().call(Message.CountChildren::new, SOON);
    }

    /** A process that writes down what it hears, and traps exits if it is to. */
    private ActorRef<Heard> caller(boolean traps) {
        return node.start(
                (Context<Heard> context) -> {
                    if (traps) {
                        context.trapExits(Heard.Exit::new);
                    }
                    return message -> {
                        switch (message) {
                            case Heard.Do(var deed) -> deed.accept(context);
                            default -> heard.add(message);
                        }
                    };
                });
    }

    /** Does {@code deed} in the process of {@code caller}, and waits for what it returns. */
    private static <T> T in(ActorRef<Heard> caller, Function<Context<Heard>, T> deed) {
        var result = new CompletableFuture<T>();
        caller.send(new Heard.Do(context -> result.complete(deed.apply(context))));
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** A task that says that it runs, and then waits. */
    private String hang() throws InterruptedException {
        running.countDown();
        goOn.await();
        return "done";
    }

    private TaskRef asyncHanging(ActorRef<Heard> caller) {
        var task = in(caller, context -> TASKS.async(context, this::hang, Heard.Result::new));
        awaitRunning();
        return task;
    }

    private TaskRef noLinkHanging(ActorRef<Heard> caller) {
        var task = in(caller, context -> TASKS.asyncNoLink(context, this::hang, Heard.Result::new));
        awaitRunning();
        return task;
    }

    private void awaitRunning() {
        await().until(() -> running.getCount() == 0);
    }

    private Pid theTask() {
        List<ChildInfo> children = tasks().call(Message.WhichChildren::new, SOON);
        return ((ChildStatus.Running) children.getFirst().status()).pid();
    }

    private void stopTasks(ExitReason reason) {
        tasks().send(new Message.Stop<>(reason));
    }

    /** Waits until only the supervisors are left, and whom else {@code others} counts. */
    private void awaitQuiet(int others) {
        await().until(() -> node.processes() == 2 + others && node.fates().isBalanced());
    }

    private static <T> T boom() throws IOException {
        throw new IOException("boom");
    }

    private static Heard failed(ExitReason reason) {
        return new Heard.Result(new TaskResult.Failed<>(reason));
    }

    private static Heard done(Object value) {
        return new Heard.Result(new TaskResult.Done<>(value));
    }

    @Test
    void the_example_does_what_it_says() {
        ActorRef<Shop.Message> shop = node.start(Shop::new);

        shop.send(new Shop.Message.Wanted(() -> 250));

        assertThat(Shop.SOLD.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(250);
    }

    @Nested
    class Async {

        private final ActorRef<Heard> trapping = caller(true);

        @Test
        void a_result_arrives_as_a_message_and_no_exit_with_it() {
            in(trapping, context -> TASKS.async(context, () -> 42, Heard.Result::new));

            awaitQuiet(1);
            assertThat(heard).containsExactly(new Heard.Result(42));
        }

        @Test
        void a_failure_arrives_as_the_exit_of_a_link_and_nothing_with_it() {
            var task =
                    in(
                            trapping,
                            context ->
                                    TASKS.async(
                                            context, TaskSupervisorTest::boom, Heard.Result::new));

            awaitQuiet(1);
            assertThat(heard)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Heard.Exit.class,
                            it -> {
                                assertThat(it.exited().from()).isEqualTo(task.pid());
                                assertThat(it.exited().reason())
                                        .isInstanceOf(ExitReason.Crashed.class);
                            });
        }

        @Test
        void a_message_that_cannot_be_made_is_a_failure() {
            in(
                    trapping,
                    context ->
                            TASKS.async(
                                    context,
                                    () -> 42,
                                    result -> {
                                        throw new IllegalStateException("cannot");
                                    }));

            awaitQuiet(1);
            assertThat(heard).singleElement().isInstanceOf(Heard.Exit.class);
        }

        @Test
        void a_caller_that_does_not_trap_exits_dies_with_its_task() {
            var caller = caller(false);
            var end = node.ended(caller.pid());
            asyncHanging(caller);

            node.exit(theTask(), BOOM);

            assertThat(reasonOf(end)).isEqualTo(BOOM);
        }

        @Test
        void the_task_dies_with_its_caller() {
            var caller = caller(false);
            asyncHanging(caller);
            var end = node.ended(theTask());

            node.exit(caller.pid(), BOOM);

            assertThat(reasonOf(end)).isEqualTo(BOOM);
        }

        @Test
        void a_refusal_is_an_exit_too() {
            fill();

            in(trapping, context -> TASKS.async(context, () -> 42, Heard.Result::new));

            await().until(() -> heard.size() == 1);
            assertThat(exitReason()).isEqualTo(ExitReason.custom(new Refusal.MaxChildren(3)));
        }

        @Test
        void so_is_the_lack_of_a_supervisor() {
            var nowhere = taskSupervisor("nowhere");

            in(trapping, context -> nowhere.async(context, () -> 42, Heard.Result::new));

            await().until(() -> heard.size() == 1);
            assertThat(exitReason()).isEqualTo(ExitReason.NO_PROCESS);
        }

        @Test
        void so_is_the_kill_of_the_supervisor() {
            asyncHanging(trapping);

            node.kill(tasks().pid());

            await().until(() -> heard.size() == 1);
            assertThat(exitReason()).isEqualTo(ExitReason.KILLED);
        }

        @Test
        void so_is_the_normal_end_of_the_supervisor_before_the_task_had_its_turn() {
            tasks().send(new Message.StartChild<>((context, inbox) -> hang(), answer -> {}));
            awaitRunning();
            stopTasks(ExitReason.NORMAL);
            long timers = node.timers();
            in(trapping, context -> TASKS.async(context, () -> 42, Heard.Result::new));
            await().until(() -> node.timers() == timers + 1); // it has been asked for
            goOn.countDown();

            await().until(() -> heard.size() == 1);
            assertThat(exitReason()).isEqualTo(ExitReason.NO_PROCESS);
        }

        @Test
        void nothing_arrives_of_a_task_that_was_cancelled() {
            var task = asyncHanging(trapping);
            var end = node.ended(theTask());

            in(trapping, context -> cancelled(task));

            assertThat(reasonOf(end)).isEqualTo(ExitReason.KILLED);
            awaitQuiet(1);
            assertThat(heard).isEmpty();
        }

        private ExitReason exitReason() {
            return ((Heard.Exit) heard.getFirst()).exited().reason();
        }
    }

    private static boolean cancelled(TaskRef task) {
        task.cancel();
        return true;
    }

    /** As many tasks as there may be. */
    private void fill() {
        for (int i = 0; i < 3; i++) {
            TASKS.start(node, this::hang);
        }
        await().until(() -> count().active() == 3);
    }

    @Nested
    class AsyncNoLink {

        private final ActorRef<Heard> caller = caller(false);

        private void start(Callable<Object> work) {
            in(caller, context -> TASKS.asyncNoLink(context, work, Heard.Result::new));
        }

        @Test
        void a_result_arrives_as_a_message() {
            start(() -> 42);

            awaitQuiet(1);
            assertThat(heard).containsExactly(done(42));
        }

        @Test
        void null_is_a_result_like_any_other() {
            start(() -> null);

            awaitQuiet(1);
            assertThat(heard).containsExactly(done(null));
        }

        @Test
        void a_failure_arrives_as_a_message_with_what_was_thrown() {
            var why = new IOException("boom");
            start(
                    () -> {
                        throw why;
                    });

            awaitQuiet(1);
            assertThat(heard).containsExactly(failed(ExitReason.crashed(why)));
        }

        @Test
        void a_kill_of_the_task_is_a_failure() {
            noLinkHanging(caller);

            node.kill(theTask());

            awaitQuiet(1);
            assertThat(heard).containsExactly(failed(ExitReason.KILLED));
        }

        @Test
        void so_is_a_kill_of_the_process_that_stands_for_it() {
            var task = noLinkHanging(caller);
            var end = node.ended(theTask());

            node.kill(task.pid());

            assertThat(reasonOf(end)).isEqualTo(ExitReason.KILLED);
            awaitQuiet(1);
            assertThat(heard).containsExactly(failed(ExitReason.KILLED));
        }

        @Test
        void so_is_a_kill_of_the_supervisor() {
            noLinkHanging(caller);

            node.kill(tasks().pid());

            await().until(() -> heard.equals(List.of(failed(ExitReason.KILLED))));
        }

        @Test
        void so_is_a_stop_of_the_supervisor_be_it_a_normal_one() {
            noLinkHanging(caller);

            stopTasks(ExitReason.NORMAL);

            await().until(() -> heard.equals(List.of(failed(ExitReason.SHUTDOWN))));
        }

        @Test
        void so_is_a_refusal() {
            fill();
            start(() -> 42);

            await().until(() -> !heard.isEmpty());
            assertThat(heard)
                    .containsExactly(failed(ExitReason.custom(new Refusal.MaxChildren(3))));
        }

        @Test
        void so_is_the_lack_of_a_supervisor() {
            var nowhere = taskSupervisor("nowhere");
            in(caller, context -> nowhere.asyncNoLink(context, () -> 42, Heard.Result::new));

            await().until(() -> heard.equals(List.of(failed(ExitReason.NO_PROCESS))));
        }

        @Test
        void the_task_goes_on_when_its_caller_is_gone() {
            noLinkHanging(caller);
            var task = theTask();
            var end = node.ended(task);
            node.kill(caller.pid());
            await().until(() -> !node.isAlive(caller.pid()));

            assertThat(node.isAlive(task)).isTrue();
            goOn.countDown();

            assertThat(reasonOf(end)).isEqualTo(ExitReason.NORMAL);
        }

        @Test
        void nothing_arrives_of_a_task_that_was_cancelled() {
            var task = noLinkHanging(caller);
            var end = node.ended(theTask());

            in(caller, context -> cancelled(task));

            assertThat(reasonOf(end)).isEqualTo(ExitReason.KILLED);
            awaitQuiet(1);
            assertThat(heard).isEmpty();
        }

        @Test
        void nor_of_one_whose_result_waits_in_the_mailbox_already() {
            in(
                    caller,
                    context -> {
                        var task = TASKS.asyncNoLink(context, () -> 42, Heard.Result::new);
                        await().until(() -> !node.isAlive(task.pid()));
                        return cancelled(task);
                    });

            awaitQuiet(1);
            assertThat(heard).isEmpty();
        }

        @Test
        void nor_of_one_that_was_cancelled_before_it_was_started() {
            var ran = new AtomicInteger();
            in(
                    caller,
                    context -> {
                        tasks().send(new Message.StartChild<>(slowInit(), answer -> {}));
                        awaitRunning();
                        var task =
                                TASKS.asyncNoLink(context, ran::incrementAndGet, Heard.Result::new);
                        return cancelled(task);
                    });
            goOn.countDown();

            awaitQuiet(1);
            assertThat(heard).isEmpty();
            assertThat(ran).hasValue(0);
        }

        /** Holds the supervisor up. */
        private Program<Void> slowInit() {
            return (context, inbox) -> hang();
        }
    }

    @Nested
    class FromOutside {

        @Test
        void a_result_is_returned() throws ExecutionException {
            int answer = TASKS.call(node, () -> 42, SOON);

            assertThat(answer).isEqualTo(42);
            awaitQuiet(0);
            assertThat(node.timers()).isZero();
        }

        @Test
        void what_the_task_throws_is_thrown_wrapped_as_by_a_future() {
            assertThatThrownBy(() -> TASKS.call(node, TaskSupervisorTest::boom, SOON))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseExactlyInstanceOf(IOException.class);
        }

        @Test
        void a_task_that_takes_too_long_is_killed() {
            assertThatThrownBy(() -> TASKS.call(node, TaskSupervisorTest.this::hang, ofMillis(50)))
                    .isInstanceOf(CallTimeout.class);

            awaitQuiet(0);
        }

        @Test
        void a_refused_task_is_rejected() {
            fill();

            assertThatThrownBy(() -> TASKS.call(node, () -> 42, SOON))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("tasks refused a task: MaxChildren[max=3]");
        }

        @Test
        void a_killed_task_has_ended() {
            var call =
                    CompletableFuture.runAsync(
                            () -> {
                                awaitRunning();
                                node.kill(theTask());
                            });

            var ended =
                    catchThrowableOfType(
                            CalleeEnded.class,
                            () -> TASKS.call(node, TaskSupervisorTest.this::hang, SOON));

            call.join();
            assertThat(ended.reason()).isEqualTo(ExitReason.KILLED);
        }

        @Test
        void without_a_supervisor_there_is_no_result() {
            var ended =
                    catchThrowableOfType(
                            CalleeEnded.class,
                            () -> taskSupervisor("nowhere").call(node, () -> 42, SOON));

            assertThat(ended.reason()).isEqualTo(ExitReason.NO_PROCESS);
        }

        @Test
        void a_timeout_that_is_not_positive_leaves_nothing_behind() {
            assertThatThrownBy(() -> TASKS.call(node, () -> 42, ZERO))
                    .isInstanceOf(IllegalArgumentException.class);

            awaitQuiet(0);
        }
    }

    @Nested
    class AsASupervisor {

        @Test
        void its_tasks_are_seen_and_are_forgotten_when_they_are_over() {
            TASKS.start(node, TaskSupervisorTest.this::hang);
            awaitRunning();

            assertThat(count()).isEqualTo(new ChildCount(1, 1, 0, 1));
            goOn.countDown();
            await().until(() -> count().equals(new ChildCount(1, 0, 0, 0)));
        }

        @Test
        void a_task_that_crashes_is_not_restarted() {
            var runs = new AtomicInteger();
            TASKS.start(
                    node,
                    () -> {
                        runs.incrementAndGet();
                        boom();
                    });

            await().until(() -> runs.get() == 1);
            await().until(() -> count().workers() == 0);
            assertThat(runs).hasValue(1);
        }

        @Test
        void it_has_another_name_if_one_is_set() throws ExecutionException {
            var others = taskSupervisor("others").name(Name.of("the others"));
            node.start(others, SpawnOptions.defaults());

            int answer = others.call(node, () -> 42, SOON);

            assertThat(answer).isEqualTo(42);
        }

        @Test
        void its_options_are_those_of_its_children() {
            assertThat(TASKS.taskShutdown()).isEqualTo(within(ofSeconds(5)));
            assertThat(TASKS.taskShutdown(within(ZERO)).basic().template().shutdown())
                    .isEqualTo(within(ZERO));
            assertThat(TASKS.maxChildren()).hasValue(3);
            assertThat(taskSupervisor("any").maxChildren()).isEmpty();
            assertThatThrownBy(() -> TASKS.maxChildren(-1))
                    .hasMessage("maxChildren of tasks: -1, must be 0 or more");
        }
    }

    /** Kills and stops at any moment: each task has one outcome, and nothing is left behind. */
    @Nested
    class Races {

        private static final int TASKS_PER_ROUND = 40;

        private void trouble(int round) {
            var chance = ThreadLocalRandom.current();
            if (chance.nextInt(3) == 0) {
                Thread.yield();
            }
            try {
                switch (round % 4) {
                    case 0 -> node.kill(tasks().pid());
                    case 1 -> stopTasks(ExitReason.NORMAL);
                    case 2 -> node.exit(tasks().pid(), BOOM);
                    default -> node.kill(theTask());
                }
            } catch (RuntimeException notThereAtTheMoment) {
                // or without a task: then there is no trouble this time
            }
        }

        @Test
        void a_task_without_link_has_exactly_one_outcome() {
            var caller = caller(false);
            var outcomes = new ConcurrentHashMap<Integer, TaskResult<Integer>>();
            int started = 0;
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < TASKS_PER_ROUND; i++) {
                    int number = started++;
                    Function<TaskResult<Integer>, Heard> done =
                            outcome -> {
                                outcomes.put(number, outcome);
                                return new Heard.Result(number);
                            };
                    caller.send(
                            new Heard.Do(
                                    context -> TASKS.asyncNoLink(context, () -> number, done)));
                }
                trouble(round);
            }
            int expected = started;
            await().until(() -> heard.size() == expected);

            awaitQuiet(1);
            assertThat(heard).doesNotHaveDuplicates().hasSize(expected);
            assertThat(outcomes.values()) // or there was no race
                    .hasAtLeastOneElementOfType(TaskResult.Done.class)
                    .hasAtLeastOneElementOfType(TaskResult.Failed.class);
        }

        @Test
        void a_linked_task_has_exactly_one_outcome() {
            var caller = caller(true);
            var pids = new CopyOnWriteArrayList<Pid>();
            int started = 0;
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < TASKS_PER_ROUND; i++) {
                    started++;
                    caller.send(
                            new Heard.Do(
                                    context -> {
                                        var own = new CompletableFuture<Pid>();
                                        var task =
                                                TASKS.async(context, own::join, Heard.Result::new);
                                        own.complete(task.pid());
                                        pids.add(task.pid());
                                    }));
                }
                trouble(round);
            }
            int expected = started;
            await().until(() -> heard.size() == expected);

            awaitQuiet(1);
            assertThat(heard) // or there was no race
                    .hasAtLeastOneElementOfType(Heard.Result.class)
                    .hasAtLeastOneElementOfType(Heard.Exit.class);
            assertThat(heard)
                    .extracting(
                            it ->
                                    it instanceof Heard.Exit(var exited)
                                            ? exited.from()
                                            : ((Heard.Result) it).value())
                    .containsExactlyInAnyOrderElementsOf(pids);
        }
    }
}
