package io.coppice.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coppice.actor.ActorFactory;
import io.coppice.actor.ActorRef;
import io.coppice.actor.CallTimeout;
import io.coppice.actor.ReplyTo;
import io.coppice.actor.SpawnOptions;
import io.coppice.actor.StartFailure;
import io.coppice.actor.StartResult;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;
import io.coppice.process.Signal;
import io.coppice.spi.Scheduler;
import io.coppice.spi.Task;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** A node whose doors are held by somebody else. */
class DoorsTest {

    private final ByHand scheduler = new ByHand();
    private final Notes notes = new Notes();
    private final LocalNode node =
            new LocalNode(new Doors(() -> scheduler.now, scheduler, () -> 0.25, notes));

    @Test
    void nothing_runs_before_it_is_told_to() {
        var handled = new ArrayList<String>();
        ActorFactory<String> recording = context -> handled::add;
        var actor = node.spawn(recording);
        actor.send("a");
        assertThat(handled).isEmpty();

        scheduler.run();
        assertThat(handled).containsExactly("a");
    }

    @Test
    void others_get_their_turn_after_every_message() {
        var handled = new ArrayList<String>();
        ActorFactory<String> recording = context -> handled::add;
        var ann = node.spawn(recording);
        var bob = node.spawn(recording);
        scheduler.run();
        ann.send("a1");
        ann.send("a2");
        bob.send("b1");
        bob.send("b2");
        scheduler.run();
        assertThat(handled).containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void every_act_is_announced_before_it_takes_effect() {
        var actor = node.spawn((ActorFactory<String>) context -> message -> {});
        scheduler.run();
        scheduler.onAct = () -> scheduler.aliveAtActs.add(node.processes());
        node.kill(actor.pid());
        assertThat(scheduler.aliveAtActs).containsExactly(1L);
        assertThat(node.isAlive(actor.pid())).isFalse();
    }

    @Test
    void every_send_of_a_process_is_announced() {
        var acts = new ArrayList<String>();
        ActorFactory<ActorRef<String>> sender =
                context ->
                        to -> {
                            to.send("one");
                            to.send("two");
                        };
        var to = node.spawn((ActorFactory<String>) context -> message -> {});
        var from = node.spawn(sender);
        scheduler.run();
        from.send(to);
        notes.lines.clear();
        scheduler.onAct = () -> acts.add("act after " + notes.lines.size());
        scheduler.run();
        assertThat(acts).containsExactly("act after 1", "act after 2");
        assertThat(notes.lines)
                .containsExactly(
                        "<2> handles <1>",
                        "<2> sends one to <1>",
                        "<2> sends two to <1>",
                        "<1> handles one",
                        "<1> handles two");
    }

    @Test
    void waiting_is_left_to_the_scheduler_and_so_is_time() {
        record Ask(ReplyTo<String> replyTo) {}
        var deaf = node.start((ActorFactory<Ask>) context -> message -> {});
        assertThatThrownBy(() -> deaf.call(Ask::new, Duration.ofDays(1)))
                .isInstanceOf(CallTimeout.class);
        assertThat(scheduler.now).isEqualTo(Duration.ofDays(1).toNanos());
        assertThat(scheduler.threads).isEmpty();
    }

    @Test
    void an_init_that_never_ends_fails_the_start_at_exactly_its_deadline() {
        var deadline = Duration.ofHours(5).plusNanos(1);
        var options = SpawnOptions.<String>defaults().withInitDeadline(deadline);
        var heard = new ArrayList<Object>();
        ActorFactory<String> endless =
                context -> {
                    context.holdStart();
                    return message -> {};
                };
        ActorFactory<Object> parent =
                context -> {
                    context.trapExits(exited -> exited);
                    context.startLinked(endless, options, result -> result);
                    return heard::add;
                };
        var starting = node.start(parent);
        assertThatThrownBy(() -> node.start(endless, options))
                .isInstanceOf(StartFailure.InitTimeout.class);

        assertThat(scheduler.now).isEqualTo(deadline.toNanos());
        assertThat(heard)
                .singleElement()
                .isInstanceOfSatisfying(
                        StartResult.Failed.class,
                        it ->
                                assertThat(it.failure())
                                        .isInstanceOf(StartFailure.InitTimeout.class));
        assertThat(node.info(starting.pid()).orElseThrow().links()).isEmpty();
        assertThat(node.processes()).isEqualTo(1);
    }

    @Test
    void an_init_that_takes_a_nanosecond_less_has_been_in_time() {
        var deadline = Duration.ofHours(5);
        ActorFactory<String> slow =
                context -> {
                    context.holdStart();
                    context.timers().after(deadline.minusNanos(1), "ready");
                    return message -> context.started();
                };
        node.start(slow, SpawnOptions.<String>defaults().withInitDeadline(deadline));

        assertThat(scheduler.now).isEqualTo(deadline.minusNanos(1).toNanos());
    }

    @Test
    void of_a_scheduler_that_tells_what_takes_long_no_alarm_is_asked_before() {
        scheduler.tellsWhatTakesLong = true;
        var options = SpawnOptions.<String>defaults().withInitDeadline(Duration.ofHours(5));
        var children = new ArrayList<LocalProcess<?>>();
        ActorFactory<String> child = context -> message -> {};
        ActorFactory<Object> parent =
                context -> {
                    var started = context.startLinked(child, options, result -> result);
                    children.add(LocalProcess.of(started.pid()));
                    return message -> {};
                };
        node.spawn(parent);
        scheduler.ready.remove().run();
        assertThat(scheduler.alarms).isEmpty();

        children.getFirst().takesLong();
        children.getFirst().takesLong();
        assertThat(node.timers()).isEqualTo(1);
        assertThat(scheduler.alarms).containsOnlyKeys(Duration.ofHours(5).toNanos());

        scheduler.run();
        children.getFirst().takesLong();
        assertThat(node.timers()).isZero();
    }

    @Test
    void a_start_that_never_gets_a_turn_fails_at_its_deadline_if_it_is_told_so() {
        scheduler.tellsWhatTakesLong = true;
        var deadline = Duration.ofHours(5);
        var options = SpawnOptions.<String>defaults().withInitDeadline(deadline);
        var heard = new ArrayList<Object>();
        ActorFactory<String> child = context -> message -> {};
        ActorFactory<Object> parent =
                context -> {
                    context.startLinked(child, options, result -> result);
                    return heard::add;
                };
        node.spawn(parent);
        scheduler.ready.remove().run();
        var waiting = scheduler.ready.remove();
        waiting.takesLong();
        scheduler.ring();
        scheduler.run();

        assertThat(scheduler.now).isEqualTo(deadline.toNanos());
        assertThat(heard).singleElement().isInstanceOf(StartResult.Failed.class);
        assertThat(node.timers()).isZero();
    }

    @Test
    void a_start_that_is_held_is_timed_even_if_its_init_has_not_taken_long() {
        scheduler.tellsWhatTakesLong = true;
        var deadline = Duration.ofHours(5);
        ActorFactory<String> endless =
                context -> {
                    context.holdStart();
                    return message -> {};
                };
        var options = SpawnOptions.<String>defaults().withInitDeadline(deadline);
        assertThatThrownBy(() -> node.start(endless, options))
                .isInstanceOf(StartFailure.InitTimeout.class);

        assertThat(scheduler.now).isEqualTo(deadline.toNanos());
        assertThat(node.timers()).isZero();
    }

    @Test
    void a_process_is_dead_before_others_are_told() {
        var actor = node.spawn((ActorFactory<String>) context -> message -> {});
        scheduler.run();
        notes.lines.clear();
        node.kill(actor.pid());
        assertThat(notes.lines).containsExactly("<1> hears Kill[]", "<1> dies killed");
    }

    @Test
    void a_node_can_be_stopped_by_the_thread_that_runs_it() {
        node.spawn((ActorFactory<String>) context -> message -> {});
        assertThat(node.stop(Duration.ZERO).reason()).isEqualTo(ExitReason.NORMAL);
        assertThat(node.processes()).isZero();
    }

    @Test
    void pids_lie_in_sets_by_their_numbers() {
        var made = new HashSet<Pid>();
        for (int i = 0; i < 100; i++) {
            made.add(node.spawn((ActorFactory<String>) context -> message -> {}).pid());
        }
        assertThat(made).extracting(Pid::number).isSorted();
    }

    /** Runs tasks one after the other, in the thread that waits. */
    private static final class ByHand implements Scheduler {
        final List<Thread> threads = new ArrayList<>();
        final List<Long> aliveAtActs = new ArrayList<>();
        final Queue<Task> ready = new ArrayDeque<>();
        final TreeMap<Long, List<Runnable>> alarms = new TreeMap<>();
        Runnable onAct = () -> {};
        boolean tellsWhatTakesLong;
        long now;

        void run() {
            for (var task = ready.poll(); task != null; task = ready.poll()) {
                task.run();
            }
        }

        /** Those that are due next. */
        void ring() {
            now = alarms.firstKey();
            List.copyOf(alarms.pollFirstEntry().getValue()).forEach(Runnable::run);
        }

        @Override
        public void schedule(Task task) {
            ready.add(task);
        }

        @Override
        public void yield(Task task) {
            ready.add(task);
        }

        @Override
        public boolean tellsWhatTakesLong() {
            return tellsWhatTakesLong;
        }

        @Override
        public Thread start(String name, Runnable body) {
            body.run(); // whoever waits in here runs what is ready
            return Thread.currentThread();
        }

        @Override
        public Alarm after(long delayNanos, Runnable action) {
            var due = alarms.computeIfAbsent(now + delayNanos, at -> new ArrayList<>());
            due.add(action);
            return () -> due.remove(action);
        }

        @Override
        public <T> T await(CompletableFuture<T> result, long nanos) throws TimeoutException {
            long end = nanos == Long.MAX_VALUE ? nanos : now + nanos;
            run();
            while (!result.isDone()) {
                if (alarms.isEmpty() || alarms.firstKey() > end) {
                    now = end;
                    throw new TimeoutException();
                }
                ring();
                run();
            }
            return result.join();
        }

        @Override
        public void park(Object blocker, long nanos) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unpark(Thread thread) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Thread> threadOf(Task task) {
            return Optional.empty();
        }

        @Override
        public void interrupt(Task task) {}

        @Override
        public void interrupt(Thread thread) {}

        @Override
        public void giveWay() {
            run();
        }

        @Override
        public void beforeAct() {
            onAct.run();
        }

        @Override
        public void close() {}
    }

    /** Writes down what it sees. */
    private static final class Notes implements Witness {
        final List<String> lines = new ArrayList<>();

        @Override
        public void born(Pid child, @Nullable Pid parent) {
            lines.add(child + " is born");
        }

        @Override
        public void sends(@Nullable Pid from, Pid to, Object message) {
            lines.add(from + " sends " + message + " to " + to);
        }

        @Override
        public boolean deniesRoom(Pid process) {
            return false;
        }

        @Override
        public void arrives(@Nullable Pid from, Pid to, Signal signal) {
            lines.add(to + " hears " + signal);
        }

        @Override
        public void handles(Pid process, Object message) {
            lines.add(process + " handles " + message);
        }

        @Override
        public void dies(Pid process, ExitReason reason) {
            lines.add(process + " dies " + reason);
        }

        @Override
        public void named(Pid process, String name) {
            lines.add(process + " is " + name);
        }

        @Override
        public void threw(Pid process, Throwable thrown, Object during) {
            lines.add(process + " threw " + thrown);
        }
    }
}
