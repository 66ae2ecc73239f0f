package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.fixture.Puppet;
import io.coppice.fixture.Puppet.Kind;
import io.coppice.fixture.Waiting;
import io.coppice.process.ExitReason;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What has ended or been handled can be collected. */
@ParameterizedClass
@EnumSource(Kind.class)
class MemoryTest {

    private static final SpawnOptions<Object> OPTIONS = SpawnOptions.defaults();

    private static final String COUNTED = "counted";

    @RegisterExtension private final House house = new House();

    @Parameter Kind kind;

    /** Processes that the queues of two workers may still name in places that are free. */
    private static final int IN_RINGS = 2 * 256;

    /** So many of those whom no link holds are looked at when one of them has died. */
    private static final int LOOKED_AT_TOGETHER = 48;

    private static void assertCollected(
            String what, List<? extends WeakReference<?>> references, int leftOver) {
        Waiting.until("the collection of " + what)
                .untilAsserted(
                        () -> {
                            System.gc();
                            long left =
                                    references.stream()
                                            .filter(reference -> reference.get() != null)
                                            .count();
                            assertThat(left).isLessThanOrEqualTo(leftOver);
                        });
    }

    @Test
    void processes_that_have_ended() {
        var watcher = house.puppet(kind).trapping();
        var gone = new ArrayList<WeakReference<Pid>>();
        for (int i = 0; i < 2_000; i++) {
            gone.add(liveAndDie(watcher, i));
        }
        watcher.heard().clear();
        house.quiet();

        assertCollected("processes", gone, IN_RINGS);
        assertThat(watcher.links()).isEmpty();
    }

    /** A weak reference, because the watcher keeps its answers until it ends. */
    private WeakReference<Pid> liveAndDie(Puppet watcher, int i) {
        return watcher.ask(
                context -> {
                    ActorFactory<Object> actor = child -> message -> {};
                    Program<Object> program = (child, inbox) -> inbox.take();
                    var child =
                            i % 2 == 0
                                    ? context.startLinked(actor, OPTIONS)
                                    : context.startLinked(program, OPTIONS);
                    var pid = child.pid();
                    context.monitor(pid, news -> "gone");
                    child.send("hello");
                    context.kill(pid);
                    context.unlinkAndFlush(pid);
                    return new WeakReference<>(pid);
                });
    }

    @Test
    void the_links_and_monitors_of_a_million_children_that_have_come_and_gone() {
        var parent = house.puppet(kind);
        ActorFactory<Object> brief =
                context -> {
                    throw context.stop(NORMAL);
                };
        int batch = 10_000;
        for (int done = 0; done < Duel.MILLION; done += batch) {
            parent.does(
                    context -> {
                        for (int i = 0; i < batch; i++) {
                            context.spawnLinkedAndMonitored(brief, OPTIONS, news -> COUNTED);
                        }
                    });
            house.quiet();
            assertThat(parent.links()).isEmpty();
            assertThat(parent.info().monitors()).isEmpty();
            assertThat(parent.heard()).hasSize(batch);
            parent.heard().clear();
        }
        house.awaitProcesses(1);
    }

    @Test
    void many_whom_no_link_holds_and_who_end_in_another_order_than_they_came() {
        int many = 5_000;
        int step = 7; // not a divisor of how many there are
        var living = new ArrayList<Pid>();
        for (int i = 0; i < many; i++) {
            living.add(idle());
        }
        var gone = living.stream().map(WeakReference::new).toList();
        for (int i = 0; i < many; i++) {
            house.node().kill(living.get(i * step % many));
        }
        house.awaitProcesses(0);
        house.quiet();
        living.clear();

        assertCollected("processes", gone, IN_RINGS);
    }

    @Test
    void many_whom_no_link_holds_and_who_come_and_go_beside_some_who_stay()
            throws InterruptedException {
        for (int i = 0; i < LOOKED_AT_TOGETHER; i++) {
            idle();
        }
        var gone = new ArrayList<WeakReference<Pid>>();
        for (int i = 0; i < 3; i++) { // two threads may by chance stand for one
            var spawner = new Thread(() -> comeAndGo(gone));
            spawner.start();
            spawner.join();
        }
        house.awaitProcesses(LOOKED_AT_TOGETHER);
        house.quiet();

        assertCollected("processes", gone, IN_RINGS);
        house.leaveUnchecked("those who stay");
    }

    private void comeAndGo(List<WeakReference<Pid>> gone) {
        for (int i = 0; i < 1_000; i++) {
            var pid = idle();
            house.node().kill(pid);
            gone.add(new WeakReference<>(pid));
        }
    }

    private Pid idle() {
        ActorFactory<Object> actor = context -> message -> {};
        Program<Object> program = (context, inbox) -> inbox.take();
        return kind == Kind.ACTOR
                ? house.node().start(actor).pid()
                : house.node().start(program).pid();
    }

    @Test
    void generations_each_of_which_makes_the_next_and_ends() {
        int generations = 2_000;
        var gone = new ArrayList<WeakReference<Pid>>();
        var last = new CompletableFuture<Boolean>();
        house.node().spawn(generation(generations, gone, last));
        Waiting.of(last);
        house.quiet();

        assertCollected("generations", gone, IN_RINGS);
        house.awaitProcesses(1);
        house.leaveUnchecked("the last of them lives on, and nobody knows it");
    }

    private static ActorFactory<Object> generation(
            int left, List<WeakReference<Pid>> gone, CompletableFuture<Boolean> last) {
        return context -> {
            if (left == 0) {
                last.complete(true);
                return message -> {};
            }
            gone.add(new WeakReference<>(context.self().pid()));
            context.spawn(generation(left - 1, gone, last));
            throw context.stop(NORMAL);
        };
    }

    @Test
    void messages_that_have_been_handled_by_a_process_that_is_idle_now() {
        var handled = new ArrayList<WeakReference<Object>>();
        var processes = new ArrayList<Puppet>();
        for (int i = 0; i < 200; i++) {
            var process = house.puppet(kind);
            processes.add(process);
            send(process, handled);
            process.heard().clear();
        }
        house.quiet();
        processes.forEach(process -> process.heard().clear());

        assertCollected("messages", handled, 2);
        assertThat(processes).allMatch(Puppet::isAlive);
    }

    private static void send(Puppet process, List<WeakReference<Object>> handled) {
        var big = new byte[1_000];
        handled.add(new WeakReference<>(big));
        process.ref().send(big);
    }

    @Test
    void the_last_message_of_a_process_that_has_ended_though_its_pid_is_known() {
        var handled = new ArrayList<WeakReference<Object>>();
        var processes = Stream.generate(() -> house.puppet(kind)).limit(200).toList();
        processes.forEach(process -> handled.add(tellToStop(process)));
        house.quiet();

        assertCollected("last messages", handled, 2);
        assertThat(processes).noneMatch(Puppet::isAlive);
    }

    private static WeakReference<Object> tellToStop(Puppet process) {
        var big = new byte[1_000];
        process.tell(
                context -> {
                    big[0]++;
                    throw context.stop(NORMAL);
                });
        assertThat(process.end()).isEqualTo(NORMAL);
        return new WeakReference<>(big);
    }

    @Test
    void what_an_actor_was_when_its_process_has_ended_though_its_pid_is_known() {
        var states = new ArrayList<WeakReference<Object>>();
        var pids = new ArrayList<Pid>();
        for (int i = 0; i < 200; i++) {
            pids.add(stateful(states));
        }
        house.quiet();

        assertCollected("the state of actors", states, 2);
        assertThat(pids).noneMatch(house.node()::isAlive);
    }

    private Pid stateful(List<WeakReference<Object>> states) {
        ActorFactory<Object> factory =
                context -> {
                    var state = new byte[1_000];
                    states.add(new WeakReference<>(state));
                    return new Actor<>() {
                        @Override
                        public void receive(Object message) {
                            state[0]++;
                            throw context.stop(NORMAL);
                        }

                        @Override
                        public void stopped(ExitReason reason) {
                            state[1]++;
                        }
                    };
                };
        Program<Object> program =
                (context, inbox) -> {
                    var state = new byte[1_000];
                    states.add(new WeakReference<>(state));
                    inbox.take();
                    state[0]++;
                };
        var ref = kind == Kind.ACTOR ? house.node().start(factory) : house.node().start(program);
        var end = house.node().ended(ref.pid());
        ref.send("stop");
        Waiting.of(end);
        return ref.pid();
    }
}
