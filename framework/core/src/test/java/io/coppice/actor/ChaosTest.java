package io.coppice.actor;

import static io.coppice.process.ExitReason.NORMAL;
import static io.coppice.process.ExitReason.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.coppice.fixture.Duel;
import io.coppice.fixture.House;
import io.coppice.process.Down;
import io.coppice.process.Exited;
import io.coppice.process.MonitorRef;
import io.coppice.process.Pid;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Everything at once, at random, on threads. When all is quiet the tables of the living must fit
 * together, whoever did what to whom.
 */
@Tag("stress")
@ParameterizedClass(name = "{0} workers")
@ValueSource(ints = {1, 2, 4})
class ChaosTest {

    private static final int PLACES = 24;
    private static final Duration SOON = Duration.ofMillis(1);

    @RegisterExtension private final House house;

    private final AtomicReferenceArray<ActorRef<Object>> places =
            new AtomicReferenceArray<>(PLACES);
    private final Queue<Pid> everybody = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger budget = new AtomicInteger();
    private final AtomicInteger seeds = new AtomicInteger();

    ChaosTest(int workers) {
        house = new House().withWorkers(workers);
    }

    /** Does something at random on every message, and tells itself to do so again. */
    private final class Imp implements ActorFactory<Object> {
        @Override
        public Actor<Object> create(Context<Object> context) {
            var mind = new Mind(context);
            context.self().send("go on");
            return mind::receive;
        }
    }

    private final class ProgrammedImp implements Program<Object> {
        @Override
        public void run(Context<Object> context, Inbox<Object> inbox) throws Exception {
            var mind = new Mind(context);
            context.self().send("go on");
            while (true) {
                mind.receive(inbox.take());
            }
        }
    }

    /** What an imp knows, and checks: no death is heard of twice, nothing comes after it. */
    private final class Mind {
        private final Context<Object> context;
        private final SplittableRandom random;
        private final List<MonitorRef> monitors = new ArrayList<>();
        private final Set<MonitorRef> fired = new HashSet<>();
        private final List<TimerRef> timers = new ArrayList<>();

        Mind(Context<Object> context) {
            this.context = context;
            this.random = new SplittableRandom(seeds.incrementAndGet());
            everybody.add(context.self().pid());
        }

        void receive(Object message) {
            switch (message) {
                case String text when text.equals("go on") -> goOn();
                case Down(var monitor, var reason) -> {
                    if (!fired.add(monitor)) {
                        wrong.add(monitor + " fired twice");
                    }
                }
                case Exited(var from, var reason) -> {
                    if (random.nextInt(8) == 0) {
                        throw context.stop(reason);
                    }
                }
                default -> {}
            }
        }

        private void goOn() {
            if (budget.decrementAndGet() < 0) {
                return;
            }
            context.self().send("go on");
            for (int i = random.nextInt(4); i >= 0; i--) {
                act(random.nextInt(100));
            }
        }

        private ActorRef<Object> anybody() {
            return places.get(random.nextInt(PLACES));
        }

        private void act(int what) {
            var peer = anybody();
            var pid = peer.pid();
            if (what < 20) {
                link(pid);
            } else if (what < 32) {
                context.unlink(pid);
            } else if (what < 36) {
                context.unlinkAndFlush(pid);
            } else if (what < 46) {
                monitors.add(context.monitor(pid, news -> news));
            } else if (what < 54) {
                demonitor();
            } else if (what < 64) {
                peer.send("hello");
            } else if (what < 70) {
                context.trapExits(news -> news);
            } else if (what < 73) {
                context.stopTrappingExits();
            } else if (what < 77) {
                timers.add(context.timers().after(SOON, "tick"));
            } else if (what < 79) {
                timers.forEach(TimerRef::cancel);
                timers.clear();
            } else if (what < 85) {
                context.<Object, Object>request(peer, replyTo -> "asked", SOON, answer -> answer);
            } else if (what < 92) {
                places.set(random.nextInt(PLACES), born());
            } else {
                end(pid, what);
            }
        }

        private ActorRef<Object> born() {
            var options = SpawnOptions.<Object>defaults();
            return switch (random.nextInt(4)) {
                case 0 -> context.spawn(new Imp());
                case 1 -> context.spawnLinked(new ProgrammedImp());
                case 2 -> context.spawnLinkedAndMonitored(new Imp(), options, n -> n).ref();
                default -> context.startLinked(new Imp(), options, done -> done);
            };
        }

        private void end(Pid pid, int what) {
            switch (what) {
                case 92 -> context.kill(pid);
                case 93 -> context.exit(pid, custom("exit"));
                case 94 -> context.exit(pid, NORMAL);
                case 95 -> throw context.stop(NORMAL);
                case 96 -> throw context.stop(custom("stop"));
                case 97 -> throw new IllegalStateException("crash");
                default -> house.node().kill(pid);
            }
        }

        private void link(Pid pid) {
            try {
                context.link(pid);
            } catch (NoSuchProcess gone) {
                // as it may be
            }
        }

        private void demonitor() {
            if (!monitors.isEmpty()) {
                var monitor = monitors.remove(random.nextInt(monitors.size()));
                if (random.nextBoolean()) {
                    context.demonitor(monitor);
                } else {
                    context.demonitorAndFlush(monitor);
                    fired.add(monitor);
                }
            }
        }
    }

    @ParameterizedTest(name = "round {0}")
    @ValueSource(ints = {1, 2, 3})
    void the_tables_of_the_living_fit_together_when_all_is_quiet(int round) {
        seeds.set(1_000_000 * round);
        budget.set(Duel.rounds(150_000));
        for (int i = 0; i < PLACES; i++) {
            places.set(i, birth(i));
        }
        for (int i = 0; budget.get() > 0; i = (i + 1) % PLACES) {
            if (!house.node().isAlive(places.get(i).pid())) {
                places.set(i, birth(i));
            }
        }
        house.quiet();

        var living = new HashMap<Pid, ProcessInfo>();
        everybody.forEach(pid -> house.node().info(pid).ifPresent(info -> living.put(pid, info)));
        house.awaitProcesses(living.size());
        living.values().forEach(info -> check(info, living));
        assertThat(wrong).isEmpty();
        assertThat(everybody).hasSizeGreaterThan(PLACES);
        everybody.forEach(house.node()::kill);
    }

    private ActorRef<Object> birth(int i) {
        return i % 3 == 0 ? house.node().spawn(new ProgrammedImp()) : house.node().spawn(new Imp());
    }

    private static void check(ProcessInfo info, Map<Pid, ProcessInfo> living) {
        assertThat(living.keySet()).containsAll(info.links());
        for (var peer : info.links()) {
            assertThat(living.get(peer).links()).as("links of %s", peer).contains(info.pid());
        }
        for (var monitor : info.monitors()) {
            assertThat(living).containsKey(monitor.pid().orElseThrow());
        }
        long watched =
                living.values().stream()
                        .flatMap(other -> other.monitors().stream())
                        .filter(monitor -> monitor.pid().orElseThrow().equals(info.pid()))
                        .count();
        assertThat((long) info.monitoredBy()).as("watchers of %s", info.pid()).isEqualTo(watched);
    }
}
